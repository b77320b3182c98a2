"""The face in the browser: `pullquote open`. Over the desk like the other faces; no rule lives here.

How a screen is made, one file in `bot/web/screens/`:
- `SCREEN = Screen("check", routes)`; `pages.py` lists the screens, and "check" is its name in the navigation
  (`NAVIGATION` of `server.py`, `[page.nav]` of the words) with "/check" as its address. A route is `get(path, act)` or
  `post(path, act)`. All but the first screen are loaded when it was shown, or when one is asked for (`warming.py`).
- An act is `async def act(visit: Visit) -> Response`. `visit` has the context, workspace, editor (`by`), zone, language
  and the form (`await visit.read_form()`). Numbers and slugs of an address are given to the desk as they came, with
  `visit.workspace`: the desk alone says what belongs to it.
- It answers with `visit.show("check.html", …)`: a template that extends `base.html`, or for htmx a fragment, whose file
  begins with an underscore (`_answer.html`) and which a page includes too, so that each thing is drawn in one place.
- After an act it answers with `visit.tell(sentence, act=number of the act in the history, template=…)`: the fragment,
  with the sentence and *Undo* (30 s) beside it. It fires `changed`, to which lists listen. `visit.go(path)` leads on.
- What the desk or a network refuses is raised and caught in one place (`visit.py::answer`): a sentence on the page.
- What takes long runs on as `visit.start(name, work)`; `visit.is_busy(name)`, and a fragment asks again.
- What was dropped or pasted for another screen goes there by `visit.hold(…)`: in memory, never in a store or a log.
- Words stand in `bot/words/`, table `[page.check]`; a template says `say("check.title")`, `say("check.found", 3)`.
- No inline script or style (the policy forbids both): `static/page.css`, `static/page.js`, attributes of htmx.
- Strangers' words are text: `{{ text }}`, `{{ name | line }}`, `href="{{ link | link }}"`; never `| safe`.
"""
