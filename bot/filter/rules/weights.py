"""What it weighs, in log-odds, that others said the same; chosen by hand. What only ranks else is fitted: `rank.md`."""

WEIGHTS: dict[str, float] = {
    "copy_of_reply": -4.0,  # by another author
    "copy_of_reply.own": -3.5,  # the same author again
    "copied_networks": 0.0,  # nobody's fault either: the same words by an equally named profile of another network
    "copied_by_others": 0.0,  # nobody's fault: how many say the same after it
    "copy_of_question": -4.0,
    "alike_frame": -1.5,  # the same but for names and numbers, after two others or more
    "alike_frame.second": -0.5,  # after one
    "alike_frame.introduction": -1.0,  # only the sentence that says who one is, after two others or more
    "alike_words": -0.2,  # much of it in other words, or the same few words, after another
}
