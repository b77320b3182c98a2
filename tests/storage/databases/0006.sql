BEGIN TRANSACTION;
CREATE VIRTUAL TABLE reply_words USING fts5(words, content='', tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE reply_grams USING fts5(words, content='', tokenize="trigram");
CREATE TABLE accounts (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	platform VARCHAR NOT NULL, 
	remote_id VARCHAR, 
	handle VARCHAR, 
	state VARCHAR(32) NOT NULL, 
	state_reason VARCHAR NOT NULL, 
	retry_at DATETIME, 
	collect_at DATETIME, 
	collected_at DATETIME, 
	published_at DATETIME, 
	failures INTEGER NOT NULL, read_retry_at DATETIME, refusals INTEGER DEFAULT '0' NOT NULL, read_refusals INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_accounts PRIMARY KEY (id), 
	CONSTRAINT uq_accounts_name UNIQUE (name)
);
INSERT INTO "accounts" VALUES(1,'square','sandbox','pullquote','pullquote','active','',NULL,'2026-11-19 08:41:00.000000','2026-11-19 08:36:00.000000','2026-11-16 08:11:00.000000',0,NULL,0,0);
INSERT INTO "accounts" VALUES(2,'plaza','sandbox','pullquote','pullquote','active','',NULL,'2026-11-19 08:41:00.000000','2026-11-19 08:36:00.000000','2026-11-16 08:01:00.000000',0,NULL,0,0);
CREATE TABLE activities (
	name VARCHAR NOT NULL, 
	succeeded_at DATETIME, 
	failed_at DATETIME, 
	error VARCHAR NOT NULL, held INTEGER, 
	CONSTRAINT pk_activities PRIMARY KEY (name)
);
INSERT INTO "activities" VALUES('purge','2026-11-19 08:21:00.000000',NULL,'',NULL);
INSERT INTO "activities" VALUES('tick','2026-11-19 08:36:00.000000',NULL,'',NULL);
INSERT INTO "activities" VALUES('collect square','2026-11-19 08:36:00.000000',NULL,'',NULL);
INSERT INTO "activities" VALUES('collect plaza','2026-11-19 08:36:00.000000',NULL,'',NULL);
CREATE TABLE acts (
	id INTEGER NOT NULL, 
	workspace VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	"before" JSON NOT NULL, 
	undone_at DATETIME, 
	undone_by VARCHAR NOT NULL, 
	CONSTRAINT pk_acts PRIMARY KEY (id)
);
INSERT INTO "acts" VALUES(1,'config','consent','reply 3','','2026-11-16 08:06:00.000000','{"added": {"consents": [[2, 2]]}}',NULL,'');
INSERT INTO "acts" VALUES(2,'config','consent','reply 4','','2026-11-16 08:06:00.000000','{"added": {"consents": [[3, 3]]}}',NULL,'');
INSERT INTO "acts" VALUES(3,'config','credit','reply 3','','2026-11-16 08:06:00.000000','{"added": {"credits_given": [[1, 1]]}}',NULL,'');
INSERT INTO "acts" VALUES(4,'config','check-source','author 3','Mara','2026-11-16 08:06:00.000000','{"added": {"source_checks": [[1, 1]]}}',NULL,'');
INSERT INTO "acts" VALUES(5,'config','judged','reply 4','Mara','2026-11-16 08:06:00.000000','{"added": {"verdicts": [[8, 8]]}}',NULL,'');
INSERT INTO "acts" VALUES(6,'config','read-back','reply 3','Mara','2026-11-16 08:06:00.000000','{"added": {}}',NULL,'');
INSERT INTO "acts" VALUES(7,'config','forget','author 7','','2026-11-16 08:06:00.000000','{"added": {}}',NULL,'');
INSERT INTO "acts" VALUES(8,'config','add','question links','','2026-11-16 08:06:00.000000','{"added": {"replies": [[8, 8]]}}',NULL,'');
INSERT INTO "acts" VALUES(9,'config','used','reply 3','Mara','2026-11-19 08:31:00.000000','{"added": {"printings": [[1, 1]]}}',NULL,'');
INSERT INTO "acts" VALUES(10,'config','vouched','quotation 1','Mara','2026-11-19 08:36:00.000000','{"added": {"vouched_quotes": [[1, 1]]}}',NULL,'');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
CREATE TABLE answer_counts (
	question_id INTEGER NOT NULL, 
	round VARCHAR NOT NULL, 
	outcome VARCHAR(32) NOT NULL, 
	barred BOOLEAN NOT NULL, 
	first_hand BOOLEAN NOT NULL, 
	number INTEGER NOT NULL, 
	CONSTRAINT pk_answer_counts PRIMARY KEY (question_id, round, outcome, barred, first_hand)
);
INSERT INTO "answer_counts" VALUES(1,'','ranked_out',0,1,1);
INSERT INTO "answer_counts" VALUES(1,'','barred',1,1,1);
INSERT INTO "answer_counts" VALUES(2,'','barred',1,0,2);
INSERT INTO "answer_counts" VALUES(2,'','barred',1,1,1);
INSERT INTO "answer_counts" VALUES(2,'','aside',1,0,0);
INSERT INTO "answer_counts" VALUES(1,'','usable',0,1,2);
INSERT INTO "answer_counts" VALUES(2,'','usable',0,0,1);
CREATE TABLE authors (
	id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	remote_id VARCHAR NOT NULL, 
	handle VARCHAR NOT NULL, 
	display_name VARCHAR NOT NULL, 
	link VARCHAR NOT NULL, 
	labels JSON NOT NULL, 
	evidence JSON NOT NULL, 
	opted_out BOOLEAN NOT NULL, 
	do_not_quote BOOLEAN NOT NULL, 
	do_not_quote_reason VARCHAR, 
	do_not_quote_at DATETIME, 
	seen_at DATETIME NOT NULL, made_at DATETIME, 
	CONSTRAINT pk_authors PRIMARY KEY (id), 
	CONSTRAINT uq_authors_platform_remote_id UNIQUE (platform, remote_id)
);
CREATE TRIGGER authors_reply_words_insert AFTER INSERT ON authors BEGIN INSERT INTO reply_words (rowid, words) SELECT -NEW.id, NEW.display_name || ' ' || NEW.handle WHERE NEW.display_name || ' ' || NEW.handle <> ''; END;
CREATE TRIGGER authors_reply_words_delete AFTER DELETE ON authors BEGIN INSERT INTO reply_words (reply_words, rowid, words) SELECT 'delete', -OLD.id, OLD.display_name || ' ' || OLD.handle WHERE OLD.display_name || ' ' || OLD.handle <> ''; END;
CREATE TRIGGER authors_reply_words_update AFTER UPDATE ON authors WHEN OLD.display_name || ' ' || OLD.handle IS NOT NEW.display_name || ' ' || NEW.handle BEGIN INSERT INTO reply_words (reply_words, rowid, words) SELECT 'delete', -OLD.id, OLD.display_name || ' ' || OLD.handle WHERE OLD.display_name || ' ' || OLD.handle <> ''; INSERT INTO reply_words (rowid, words) SELECT -NEW.id, NEW.display_name || ' ' || NEW.handle WHERE NEW.display_name || ' ' || NEW.handle <> ''; END;
CREATE TRIGGER authors_reply_grams_insert AFTER INSERT ON authors BEGIN INSERT INTO reply_grams (rowid, words) SELECT -NEW.id, NEW.display_name || ' ' || NEW.handle || '  ' WHERE NEW.display_name || ' ' || NEW.handle <> '' AND NEW.display_name || ' ' || NEW.handle GLOB '*[฀-႟ក-៿᧠-᧿⺀-⿟々-〇〡-〩〸-〻ぁ-ㄯㆠ-ㇿ㐀-䶿一-鿿ꀀ-꓏ꧠ-꧿ꩠ-ꩿ豈-﫿ｦ-ﾟ𚿰-𛅯𠀀-𿿽]*'; END;
CREATE TRIGGER authors_reply_grams_delete AFTER DELETE ON authors BEGIN INSERT INTO reply_grams (reply_grams, rowid, words) SELECT 'delete', -OLD.id, OLD.display_name || ' ' || OLD.handle || '  ' WHERE OLD.display_name || ' ' || OLD.handle <> '' AND OLD.display_name || ' ' || OLD.handle GLOB '*[฀-႟ក-៿᧠-᧿⺀-⿟々-〇〡-〩〸-〻ぁ-ㄯㆠ-ㇿ㐀-䶿一-鿿ꀀ-꓏ꧠ-꧿ꩠ-ꩿ豈-﫿ｦ-ﾟ𚿰-𛅯𠀀-𿿽]*'; END;
CREATE TRIGGER authors_reply_grams_update AFTER UPDATE ON authors WHEN OLD.display_name || ' ' || OLD.handle IS NOT NEW.display_name || ' ' || NEW.handle BEGIN INSERT INTO reply_grams (reply_grams, rowid, words) SELECT 'delete', -OLD.id, OLD.display_name || ' ' || OLD.handle || '  ' WHERE OLD.display_name || ' ' || OLD.handle <> '' AND OLD.display_name || ' ' || OLD.handle GLOB '*[฀-႟ក-៿᧠-᧿⺀-⿟々-〇〡-〩〸-〻ぁ-ㄯㆠ-ㇿ㐀-䶿一-鿿ꀀ-꓏ꧠ-꧿ꩠ-ꩿ豈-﫿ｦ-ﾟ𚿰-𛅯𠀀-𿿽]*'; INSERT INTO reply_grams (rowid, words) SELECT -NEW.id, NEW.display_name || ' ' || NEW.handle || '  ' WHERE NEW.display_name || ' ' || NEW.handle <> '' AND NEW.display_name || ' ' || NEW.handle GLOB '*[฀-႟ក-៿᧠-᧿⺀-⿟々-〇〡-〩〸-〻ぁ-ㄯㆠ-ㇿ㐀-䶿一-鿿ꀀ-꓏ꧠ-꧿ꩠ-ꩿ豈-﫿ｦ-ﾟ𚿰-𛅯𠀀-𿿽]*'; END;
INSERT INTO "authors" VALUES(1,'sandbox','lise','lise','Lise','','[]','[]',0,0,NULL,NULL,'2026-11-16 08:01:00.000000',NULL);
INSERT INTO "authors" VALUES(2,'sandbox','ada','ada','','https://sandbox.example/people/ada','[]','[]',0,0,NULL,NULL,'2026-11-16 08:06:00.000000',NULL);
INSERT INTO "authors" VALUES(3,'sandbox','grace','grace','','https://sandbox.example/people/grace','[]','[]',0,0,NULL,NULL,'2026-11-16 08:06:00.000000',NULL);
INSERT INTO "authors" VALUES(4,'sandbox','alan','alan','','https://sandbox.example/people/alan','[]','[]',0,0,NULL,NULL,'2026-11-16 08:06:00.000000',NULL);
INSERT INTO "authors" VALUES(5,'sandbox','karl','karl','','https://sandbox.example/people/karl','[]','[]',0,0,NULL,NULL,'2026-11-16 08:06:00.000000',NULL);
INSERT INTO "authors" VALUES(6,'sandbox','emmy','emmy','','https://sandbox.example/people/emmy','[]','[]',0,0,NULL,NULL,'2026-11-16 08:06:00.000000',NULL);
INSERT INTO "authors" VALUES(7,'sandbox','erased:7','','','','[]','[]',0,1,NULL,NULL,'2026-11-16 08:06:00.000000',NULL);
INSERT INTO "authors" VALUES(8,'import','Sofja','','Sofja','','[]','[]',0,0,NULL,NULL,'2026-11-16 08:06:00.000000',NULL);
CREATE TABLE barred (
	name VARCHAR NOT NULL, 
	bar VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_barred PRIMARY KEY (name, bar)
);
INSERT INTO "barred" VALUES('keyed:a3d6e9c318639b9583d02005abdd6939e00da0c5988382d53783179e1084b1a1','key');
INSERT INTO "barred" VALUES('keyed:c7e58738655a693ed97d330c3384702e8d80d47246cb701d6022922172c48fe1','erased');
CREATE TABLE billed (
	account_id INTEGER NOT NULL, 
	unit VARCHAR NOT NULL, 
	day VARCHAR NOT NULL, 
	remote_id VARCHAR NOT NULL, 
	CONSTRAINT pk_billed PRIMARY KEY (account_id, unit, day, remote_id), 
	CONSTRAINT fk_billed_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "billed" VALUES(1,'read','2026-11-19','1');
INSERT INTO "billed" VALUES(1,'read','2026-11-19','2');
CREATE TABLE chosen_passages (
	id INTEGER NOT NULL, 
	revision_id INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_chosen_passages PRIMARY KEY (id), 
	CONSTRAINT fk_chosen_passages_revision_id_revisions FOREIGN KEY(revision_id) REFERENCES revisions (id)
);
INSERT INTO "chosen_passages" VALUES(1,2,34,48,'Mara','2026-11-16 08:06:00.000000');
INSERT INTO "chosen_passages" VALUES(2,3,0,85,'','2026-11-16 08:06:00.000000');
CREATE TABLE consents (
	id INTEGER NOT NULL, 
	revision_id INTEGER NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	wording VARCHAR NOT NULL, 
	proof VARCHAR NOT NULL, 
	credit VARCHAR NOT NULL, 
	covers_vote BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_consents PRIMARY KEY (id), 
	CONSTRAINT fk_consents_revision_id_revisions FOREIGN KEY(revision_id) REFERENCES revisions (id)
);
INSERT INTO "consents" VALUES(1,1,'granted','May we quote you?','interaction i1','Lise, physicist',0,'2026-11-16 08:01:00.000000');
INSERT INTO "consents" VALUES(2,3,'granted','yes','by mail','',0,'2026-11-16 08:06:00.000000');
INSERT INTO "consents" VALUES(3,4,'refused','no','by mail','',0,'2026-11-16 08:06:00.000000');
INSERT INTO "consents" VALUES(4,8,'granted','yes, quote me','stated at import from import','',0,'2026-11-16 08:06:00.000000');
INSERT INTO "consents" VALUES(5,2,'asked','May we quote this from your answer in The Example Review, word for word?

“nobody used it”

Nothing is quoted without your yes. You can change your mind with the same buttons.','https://sandbox.example/post/square-12','',0,'2026-11-16 08:11:00.000000');
INSERT INTO "consents" VALUES(6,2,'granted','May we quote you?','interaction i3','Lise, physicist',0,'2026-11-16 08:11:00.000000');
CREATE TABLE controls (
	workspace VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_controls PRIMARY KEY (workspace, name)
);
INSERT INTO "controls" VALUES('config','erased','84f15f5937fdb627','','2026-11-16 08:06:00.000000');
INSERT INTO "controls" VALUES('guild:g1','paused','yes','Mara','2026-11-19 08:36:00.000000');
CREATE TABLE counted_replies (
	reply_id INTEGER NOT NULL, 
	question_id INTEGER NOT NULL, 
	author_id INTEGER NOT NULL, 
	revision_id INTEGER NOT NULL, 
	verdict VARCHAR(32), 
	score DOUBLE NOT NULL, 
	ranked_out BOOLEAN NOT NULL, 
	barrier VARCHAR NOT NULL, 
	round VARCHAR, 
	outcome VARCHAR(32), 
	waits SMALLINT, 
	rank DOUBLE NOT NULL, decided VARCHAR(32), first_hand BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_counted_replies PRIMARY KEY (reply_id), 
	CONSTRAINT fk_counted_replies_reply_id_replies FOREIGN KEY(reply_id) REFERENCES replies (id) ON DELETE CASCADE
);
INSERT INTO "counted_replies" VALUES(1,1,1,1,'maybe',3.62714899060356643634e-01,1,'','','ranked_out',NULL,0.0,NULL,1);
INSERT INTO "counted_replies" VALUES(2,1,2,2,'keep',6.77913597017793745358e-01,0,'','','usable',NULL,0.0,NULL,1);
INSERT INTO "counted_replies" VALUES(3,1,3,3,'maybe',4.08371887723607329689e-01,0,'','','usable',2,-4.08371887723607329689e-01,NULL,1);
INSERT INTO "counted_replies" VALUES(4,1,4,4,'keep',1.0,0,'refused','','barred',NULL,0.0,'keep',1);
INSERT INTO "counted_replies" VALUES(5,2,5,9,'keep',5.94572356822380854168e-01,0,'waiting','','barred',2,-5.94572356822380854168e-01,NULL,1);
INSERT INTO "counted_replies" VALUES(6,2,6,6,'aside',1.20627141499699153809e-02,0,'deleted','','barred',NULL,0.0,NULL,0);
INSERT INTO "counted_replies" VALUES(7,2,7,7,NULL,0.0,0,'purged','','barred',NULL,0.0,NULL,0);
INSERT INTO "counted_replies" VALUES(8,2,8,8,'keep',4.86678153675682623191e-01,0,'','','usable',NULL,0.0,NULL,0);
CREATE TABLE credits_given (
	id INTEGER NOT NULL, 
	reply_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	organisation VARCHAR NOT NULL, 
	link VARCHAR NOT NULL, 
	rel_me BOOLEAN NOT NULL, 
	said_by VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_credits_given PRIMARY KEY (id), 
	CONSTRAINT fk_credits_given_reply_id_replies FOREIGN KEY(reply_id) REFERENCES replies (id)
);
INSERT INTO "credits_given" VALUES(1,3,'Grace H.','engineer','','',0,'Mara','2026-11-16 08:06:00.000000');
CREATE TABLE digests (
	id INTEGER NOT NULL, 
	workspace VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	period VARCHAR NOT NULL, 
	edition VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	as_of DATETIME NOT NULL, 
	zone VARCHAR NOT NULL, 
	final BOOLEAN NOT NULL, 
	selection JSON NOT NULL, 
	pullquote_version VARCHAR NOT NULL, 
	files JSON NOT NULL, 
	CONSTRAINT pk_digests PRIMARY KEY (id), 
	CONSTRAINT uq_digests_workspace_kind_period_edition_revision UNIQUE (workspace, kind, period, edition, revision)
);
INSERT INTO "digests" VALUES(1,'config','question','habits','private',1,'2026-11-19 08:21:00.000000','UTC',1,'{"language": "en", "blocks": [{"slug": "habits", "text": "What did you stop doing, and what happened?", "options": [], "wanted": "", "asker": "", "outlet": "", "target": 2, "enough": "reached", "closes_at": "2026-11-19T08:01:00Z", "closed": true, "replies": 4, "answers": 4, "usable": 2, "more": 0, "unjudged": 0, "platforms": ["sandbox"], "wordings": [{"texts": ["What did you stop doing, and what happened?\n\nNothing is quoted without your yes: we ask first, for The Example Review. Say what you do."], "postings": [{"platform": "sandbox", "account": "pullquote", "link": "https://sandbox.example/post/square-1", "at": "2026-11-16T08:01:00Z", "late": false}]}], "results": [], "quotes": [{"passages": [{"reply_id": 2, "revision_id": 2, "start": 34, "end": 48, "link": "https://sandbox.example/post/square-3", "posted_at": "2026-11-16T08:01:00Z", "text": "", "undated": false}], "credit": {"name": "Lise, physicist", "handle": "ada", "link": "https://sandbox.example/people/ada", "unknown": false, "role": "", "organisation": "", "said_by": "", "said_at": null, "evidence": []}, "platform": "sandbox", "language": "", "verdict": "keep", "score": 0.6793312065365493, "editor": "", "not_public": "", "option": null, "basis": "", "abridged": true, "common": false, "noticed": false, "not_reread": false, "number": 0}, {"passages": [{"reply_id": 3, "revision_id": 3, "start": 0, "end": 85, "link": "https://sandbox.example/post/square-4", "posted_at": "2026-11-16T08:01:00Z", "text": "", "undated": false}], "credit": {"name": "Grace H.", "handle": "grace", "link": "https://sandbox.example/people/grace", "unknown": false, "role": "engineer", "organisation": "", "said_by": "Mara", "said_at": "2026-11-16T08:06:00Z", "evidence": []}, "platform": "sandbox", "language": "", "verdict": "maybe", "score": 0.40938701490492846, "editor": "", "not_public": "", "option": null, "basis": "", "abridged": false, "common": false, "noticed": false, "not_reread": false, "number": 0}], "set_aside": [], "not_quoted": [{"barrier": "refused", "count": 1, "links": [], "ids": []}], "collections": [{"platform": "sandbox", "account": "pullquote", "stored": 4, "counted": 4, "hidden": 0, "unreadable": 0, "deleted": 0}], "not_sent": [], "told": [{"at": "2026-11-19T08:21:00Z", "message": "habits has closed: 2 may be quoted, 2 were wanted"}], "usable_ids": [2, 3], "since_close": false, "withdrawn": 0, "more_for": [], "language": "en", "hide_outlet": false, "origins": ["collected", "posted", "submitted"], "ranked_out": 1, "left_out": [], "common": null, "others": []}], "open": [], "costs": []}','0.1.0','[{"path": "{folder}/digests/What did you stop doing and what happened - 19 November 2026 - for you.json", "format": "json", "hashes": ["53d20f253b99b9ce32bc8164b9b68a555f9d107ec97dfe4e4af13fb59de8ed3a"]}]');
INSERT INTO "digests" VALUES(2,'config','question','habits','public',1,'2026-11-19 08:21:00.000000','UTC',1,'{"language": "en", "blocks": [{"slug": "habits", "text": "What did you stop doing, and what happened?", "options": [], "wanted": "", "asker": "", "outlet": "", "target": 2, "enough": "reached", "closes_at": "2026-11-19T08:01:00Z", "closed": true, "replies": 4, "answers": 4, "usable": 2, "more": 0, "unjudged": 0, "platforms": ["sandbox"], "wordings": [{"texts": ["What did you stop doing, and what happened?\n\nNothing is quoted without your yes: we ask first, for The Example Review. Say what you do."], "postings": [{"platform": "sandbox", "account": "pullquote", "link": "https://sandbox.example/post/square-1", "at": "2026-11-16T08:01:00Z", "late": false}]}], "results": [], "quotes": [{"passages": [{"reply_id": 2, "revision_id": 2, "start": 34, "end": 48, "link": "https://sandbox.example/post/square-3", "posted_at": "2026-11-16T08:01:00Z", "text": "", "undated": false}], "credit": {"name": "Lise, physicist", "handle": "ada", "link": "https://sandbox.example/people/ada", "unknown": false, "role": "", "organisation": "", "said_by": "", "said_at": null, "evidence": []}, "platform": "sandbox", "language": "", "verdict": "", "score": null, "editor": "", "not_public": "", "option": null, "basis": "", "abridged": true, "common": false, "noticed": false, "not_reread": false, "number": 0}, {"passages": [{"reply_id": 3, "revision_id": 3, "start": 0, "end": 85, "link": "https://sandbox.example/post/square-4", "posted_at": "2026-11-16T08:01:00Z", "text": "", "undated": false}], "credit": {"name": "Grace H.", "handle": "grace", "link": "https://sandbox.example/people/grace", "unknown": false, "role": "engineer", "organisation": "", "said_by": "", "said_at": null, "evidence": []}, "platform": "sandbox", "language": "", "verdict": "", "score": null, "editor": "", "not_public": "", "option": null, "basis": "", "abridged": false, "common": false, "noticed": false, "not_reread": false, "number": 0}], "set_aside": [], "not_quoted": [{"barrier": "refused", "count": 1, "links": [], "ids": []}], "collections": [{"platform": "sandbox", "account": "pullquote", "stored": 4, "counted": 4, "hidden": 0, "unreadable": 0, "deleted": 0}], "not_sent": [], "told": [], "usable_ids": [2, 3], "since_close": false, "withdrawn": 0, "more_for": [], "language": "en", "hide_outlet": false, "origins": ["collected", "posted", "submitted"], "ranked_out": 1, "left_out": [], "common": null, "others": []}], "open": [], "costs": []}','0.1.0','[{"path": "{folder}/digests/What did you stop doing and what happened - 19 November 2026 - to share.json", "format": "json", "hashes": ["f40fefacb6064f2d4e3098ddb6a4cf372e75c16f36248be793c8d610ecc22334"]}, {"path": "{folder}/digests/What did you stop doing and what happened - 19 November 2026 - to share.md", "format": "markdown", "hashes": ["640b003a654aaaa173b0244c7ff400122f9e0ed8eac04fdae01ec17786c83fe7"]}]');
INSERT INTO "digests" VALUES(3,'config','question','polls','private',1,'2026-11-19 08:21:00.000000','UTC',1,'{"language": "en", "blocks": [{"slug": "polls", "text": "Do you trust polls?", "options": ["Yes", "No"], "wanted": "", "asker": "", "outlet": "", "target": 5, "enough": "too_few", "closes_at": "2026-11-19T08:01:00Z", "closed": true, "replies": 0, "answers": 0, "usable": 0, "more": 0, "unjudged": 0, "platforms": ["sandbox"], "wordings": [{"texts": ["Do you trust polls?\n\nReply with why.\n\nReplies may be quoted by name in The Example Review. Say what you do; ''no quote'' to stay out, ''no name'' to stay unnamed."], "postings": [{"platform": "sandbox", "account": "pullquote", "link": "https://sandbox.example/post/plaza-1", "at": "2026-11-16T08:01:00Z", "late": false}]}], "results": [{"platform": "sandbox", "account": "pullquote", "source": "platform", "votes": [0, 1], "at": "2026-11-19T08:21:00Z", "final": true}], "quotes": [], "set_aside": [], "not_quoted": [], "collections": [{"platform": "sandbox", "account": "pullquote", "stored": 0, "counted": 0, "hidden": 0, "unreadable": 0, "deleted": 0}], "not_sent": [], "told": [{"at": "2026-11-19T08:21:00Z", "message": "polls has closed: 0 may be quoted, 5 were wanted, which is too few: extend it, remind once, or ask on another account"}], "usable_ids": [], "since_close": false, "withdrawn": 0, "more_for": [], "language": "en", "hide_outlet": false, "origins": ["posted"], "ranked_out": 0, "left_out": [], "common": null, "others": []}], "open": [], "costs": []}','0.1.0','[{"path": "{folder}/digests/Do you trust polls - 19 November 2026 - for you.json", "format": "json", "hashes": ["fb6dba03d37330b29026bbc787f3e8e12620e129144af64518e2788e5910c2fe"]}]');
INSERT INTO "digests" VALUES(4,'config','question','polls','public',1,'2026-11-19 08:21:00.000000','UTC',1,'{"language": "en", "blocks": [{"slug": "polls", "text": "Do you trust polls?", "options": ["Yes", "No"], "wanted": "", "asker": "", "outlet": "", "target": 5, "enough": "too_few", "closes_at": "2026-11-19T08:01:00Z", "closed": true, "replies": 0, "answers": 0, "usable": 0, "more": 0, "unjudged": 0, "platforms": ["sandbox"], "wordings": [{"texts": ["Do you trust polls?\n\nReply with why.\n\nReplies may be quoted by name in The Example Review. Say what you do; ''no quote'' to stay out, ''no name'' to stay unnamed."], "postings": [{"platform": "sandbox", "account": "pullquote", "link": "https://sandbox.example/post/plaza-1", "at": "2026-11-16T08:01:00Z", "late": false}]}], "results": [{"platform": "sandbox", "account": "pullquote", "source": "platform", "votes": [0, 1], "at": "2026-11-19T08:21:00Z", "final": true}], "quotes": [], "set_aside": [], "not_quoted": [], "collections": [{"platform": "sandbox", "account": "pullquote", "stored": 0, "counted": 0, "hidden": 0, "unreadable": 0, "deleted": 0}], "not_sent": [], "told": [], "usable_ids": [], "since_close": false, "withdrawn": 0, "more_for": [], "language": "en", "hide_outlet": false, "origins": ["posted"], "ranked_out": 0, "left_out": [], "common": null, "others": []}], "open": [], "costs": []}','0.1.0','[{"path": "{folder}/digests/Do you trust polls - 19 November 2026 - to share.json", "format": "json", "hashes": ["3789357acc1c86c5127185d6ec2998cc591e9d84ba9c1defa78918caf412d756"]}, {"path": "{folder}/digests/Do you trust polls - 19 November 2026 - to share.md", "format": "markdown", "hashes": ["cd4d3f50f8d610c4e3063de9c3eee753f7efe76a278490dae81b8f685873ff05"]}]');
INSERT INTO "digests" VALUES(5,'config','week','2026-11-16','private',1,'2026-11-19 08:31:00.000000','UTC',0,'{"language": "en", "blocks": [{"slug": "habits", "text": "What did you stop doing, and what happened?", "options": [], "wanted": "", "asker": "", "outlet": "", "target": 2, "enough": "reached", "closes_at": "2026-11-19T08:01:00Z", "closed": true, "replies": 4, "answers": 4, "usable": 2, "more": 0, "unjudged": 0, "platforms": ["sandbox"], "wordings": [{"texts": ["What did you stop doing, and what happened?\n\nNothing is quoted without your yes: we ask first, for The Example Review. Say what you do."], "postings": [{"platform": "sandbox", "account": "pullquote", "link": "https://sandbox.example/post/square-1", "at": "2026-11-16T08:01:00Z", "late": false}]}], "results": [], "quotes": [{"passages": [{"reply_id": 2, "revision_id": 2, "start": 34, "end": 48, "link": "https://sandbox.example/post/square-3", "posted_at": "2026-11-16T08:01:00Z", "text": "", "undated": false}], "credit": {"name": "Lise, physicist", "handle": "ada", "link": "https://sandbox.example/people/ada", "unknown": false, "role": "", "organisation": "", "said_by": "", "said_at": null, "evidence": []}, "platform": "sandbox", "language": "", "verdict": "keep", "score": 0.6793312065365493, "editor": "", "not_public": "", "option": null, "basis": "", "abridged": true, "common": false, "noticed": false, "not_reread": false, "number": 0}, {"passages": [{"reply_id": 3, "revision_id": 3, "start": 0, "end": 85, "link": "https://sandbox.example/post/square-4", "posted_at": "2026-11-16T08:01:00Z", "text": "", "undated": false}], "credit": {"name": "Grace H.", "handle": "grace", "link": "https://sandbox.example/people/grace", "unknown": false, "role": "engineer", "organisation": "", "said_by": "Mara", "said_at": "2026-11-16T08:06:00Z", "evidence": []}, "platform": "sandbox", "language": "", "verdict": "maybe", "score": 0.40938701490492846, "editor": "", "not_public": "", "option": null, "basis": "", "abridged": false, "common": false, "noticed": false, "not_reread": false, "number": 0}], "set_aside": [], "not_quoted": [{"barrier": "refused", "count": 1, "links": [], "ids": []}], "collections": [{"platform": "sandbox", "account": "pullquote", "stored": 4, "counted": 4, "hidden": 0, "unreadable": 0, "deleted": 0}], "not_sent": [], "told": [{"at": "2026-11-19T08:21:00Z", "message": "habits has closed: 2 may be quoted, 2 were wanted"}], "usable_ids": [2, 3], "since_close": false, "withdrawn": 0, "more_for": [], "language": "en", "hide_outlet": false, "origins": ["collected", "posted", "submitted"], "ranked_out": 1, "left_out": [], "common": null, "others": []}, {"slug": "polls", "text": "Do you trust polls?", "options": ["Yes", "No"], "wanted": "", "asker": "", "outlet": "", "target": 5, "enough": "too_few", "closes_at": "2026-11-19T08:01:00Z", "closed": true, "replies": 0, "answers": 0, "usable": 0, "more": 0, "unjudged": 0, "platforms": ["sandbox"], "wordings": [{"texts": ["Do you trust polls?\n\nReply with why.\n\nReplies may be quoted by name in The Example Review. Say what you do; ''no quote'' to stay out, ''no name'' to stay unnamed."], "postings": [{"platform": "sandbox", "account": "pullquote", "link": "https://sandbox.example/post/plaza-1", "at": "2026-11-16T08:01:00Z", "late": false}]}], "results": [{"platform": "sandbox", "account": "pullquote", "source": "platform", "votes": [0, 1], "at": "2026-11-19T08:31:00Z", "final": true}], "quotes": [], "set_aside": [], "not_quoted": [], "collections": [{"platform": "sandbox", "account": "pullquote", "stored": 0, "counted": 0, "hidden": 0, "unreadable": 0, "deleted": 0}], "not_sent": [], "told": [{"at": "2026-11-19T08:21:00Z", "message": "polls has closed: 0 may be quoted, 5 were wanted, which is too few: extend it, remind once, or ask on another account"}], "usable_ids": [], "since_close": false, "withdrawn": 0, "more_for": [], "language": "en", "hide_outlet": false, "origins": ["posted"], "ranked_out": 0, "left_out": [], "common": null, "others": []}], "open": [{"slug": "links", "text": "Do you still disavow links?", "closes_at": "2026-11-21T08:01:00Z", "answers": 4, "usable": 1, "target": 5, "platforms": ["import", "sandbox"]}, {"slug": "what-do-you-read-and-why", "text": "What do you read, and why?", "closes_at": "2026-11-23T08:06:00Z", "answers": 0, "usable": 0, "target": 5, "platforms": ["sandbox"]}], "costs": []}','0.1.0','[{"path": "{folder}/digests/Week of 16 to 22 November 2026 - preview - for you.json", "format": "json", "hashes": ["76d9ec3eb46a386159c2f1e4541d9398825662818ba6948e208d89e42491f032"]}]');
INSERT INTO "digests" VALUES(6,'config','week','2026-11-16','public',1,'2026-11-19 08:31:00.000000','UTC',0,'{"language": "en", "blocks": [{"slug": "habits", "text": "What did you stop doing, and what happened?", "options": [], "wanted": "", "asker": "", "outlet": "", "target": 2, "enough": "reached", "closes_at": "2026-11-19T08:01:00Z", "closed": true, "replies": 4, "answers": 4, "usable": 2, "more": 0, "unjudged": 0, "platforms": ["sandbox"], "wordings": [{"texts": ["What did you stop doing, and what happened?\n\nNothing is quoted without your yes: we ask first, for The Example Review. Say what you do."], "postings": [{"platform": "sandbox", "account": "pullquote", "link": "https://sandbox.example/post/square-1", "at": "2026-11-16T08:01:00Z", "late": false}]}], "results": [], "quotes": [{"passages": [{"reply_id": 2, "revision_id": 2, "start": 34, "end": 48, "link": "https://sandbox.example/post/square-3", "posted_at": "2026-11-16T08:01:00Z", "text": "", "undated": false}], "credit": {"name": "Lise, physicist", "handle": "ada", "link": "https://sandbox.example/people/ada", "unknown": false, "role": "", "organisation": "", "said_by": "", "said_at": null, "evidence": []}, "platform": "sandbox", "language": "", "verdict": "", "score": null, "editor": "", "not_public": "", "option": null, "basis": "", "abridged": true, "common": false, "noticed": false, "not_reread": false, "number": 0}, {"passages": [{"reply_id": 3, "revision_id": 3, "start": 0, "end": 85, "link": "https://sandbox.example/post/square-4", "posted_at": "2026-11-16T08:01:00Z", "text": "", "undated": false}], "credit": {"name": "Grace H.", "handle": "grace", "link": "https://sandbox.example/people/grace", "unknown": false, "role": "engineer", "organisation": "", "said_by": "", "said_at": null, "evidence": []}, "platform": "sandbox", "language": "", "verdict": "", "score": null, "editor": "", "not_public": "", "option": null, "basis": "", "abridged": false, "common": false, "noticed": false, "not_reread": false, "number": 0}], "set_aside": [], "not_quoted": [{"barrier": "refused", "count": 1, "links": [], "ids": []}], "collections": [{"platform": "sandbox", "account": "pullquote", "stored": 4, "counted": 4, "hidden": 0, "unreadable": 0, "deleted": 0}], "not_sent": [], "told": [], "usable_ids": [2, 3], "since_close": false, "withdrawn": 0, "more_for": [], "language": "en", "hide_outlet": false, "origins": ["collected", "posted", "submitted"], "ranked_out": 1, "left_out": [], "common": null, "others": []}, {"slug": "polls", "text": "Do you trust polls?", "options": ["Yes", "No"], "wanted": "", "asker": "", "outlet": "", "target": 5, "enough": "too_few", "closes_at": "2026-11-19T08:01:00Z", "closed": true, "replies": 0, "answers": 0, "usable": 0, "more": 0, "unjudged": 0, "platforms": ["sandbox"], "wordings": [{"texts": ["Do you trust polls?\n\nReply with why.\n\nReplies may be quoted by name in The Example Review. Say what you do; ''no quote'' to stay out, ''no name'' to stay unnamed."], "postings": [{"platform": "sandbox", "account": "pullquote", "link": "https://sandbox.example/post/plaza-1", "at": "2026-11-16T08:01:00Z", "late": false}]}], "results": [{"platform": "sandbox", "account": "pullquote", "source": "platform", "votes": [0, 1], "at": "2026-11-19T08:31:00Z", "final": true}], "quotes": [], "set_aside": [], "not_quoted": [], "collections": [{"platform": "sandbox", "account": "pullquote", "stored": 0, "counted": 0, "hidden": 0, "unreadable": 0, "deleted": 0}], "not_sent": [], "told": [], "usable_ids": [], "since_close": false, "withdrawn": 0, "more_for": [], "language": "en", "hide_outlet": false, "origins": ["posted"], "ranked_out": 0, "left_out": [], "common": null, "others": []}], "open": [{"slug": "links", "text": "Do you still disavow links?", "closes_at": "2026-11-21T08:01:00Z", "answers": 4, "usable": 1, "target": 5, "platforms": ["import", "sandbox"]}, {"slug": "what-do-you-read-and-why", "text": "What do you read, and why?", "closes_at": "2026-11-23T08:06:00Z", "answers": 0, "usable": 0, "target": 5, "platforms": ["sandbox"]}], "costs": []}','0.1.0','[{"path": "{folder}/digests/Week of 16 to 22 November 2026 - preview - to share.json", "format": "json", "hashes": ["016e875ce14559c3a334eb921a1bab419397dc6adb6f3b61f874ac317d2629f2"]}, {"path": "{folder}/digests/Week of 16 to 22 November 2026 - preview - to share.md", "format": "markdown", "hashes": ["4b8bc8879066505d51b57022821651c27b768f2e488f4086d917272638f8af2f"]}]');
CREATE TABLE drafts (
	id INTEGER NOT NULL, 
	workspace VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	filled JSON NOT NULL, 
	at DATETIME NOT NULL, 
	taken_at DATETIME, 
	CONSTRAINT pk_drafts PRIMARY KEY (id)
);
INSERT INTO "drafts" VALUES(1,'discord:g1','Ada','{"text": "What did you stop doing?"}','2026-11-19 08:36:00.000000',NULL);
CREATE TABLE events (
	id INTEGER NOT NULL, 
	workspace VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	question_id INTEGER, 
	message VARCHAR NOT NULL, 
	CONSTRAINT pk_events PRIMARY KEY (id), 
	CONSTRAINT fk_events_question_id_questions FOREIGN KEY(question_id) REFERENCES questions (id), 
	CONSTRAINT uq_events_workspace_kind_subject UNIQUE (workspace, kind, subject)
);
INSERT INTO "events" VALUES(1,'guild:g1','2026-11-16 08:06:00.000000','proposed','what-next',5,'what-next was proposed by Ada and waits for an editor''s yes');
INSERT INTO "events" VALUES(2,'guild:g1','2026-11-16 08:06:00.000000','proposed','what-next-2',6,'what-next-2 was proposed by Bob and waits for an editor''s yes');
INSERT INTO "events" VALUES(3,'guild:g1','2026-11-16 08:06:00.000000','approved','what-next',5,'what-next was approved by Mara');
INSERT INTO "events" VALUES(4,'config','2026-11-19 08:21:00.000000','closed','habits 2026-11-19T08:01',1,'habits has closed: 2 may be quoted, 2 were wanted');
INSERT INTO "events" VALUES(5,'config','2026-11-19 08:21:00.000000','closed','polls 2026-11-19T08:01',3,'polls has closed: 0 may be quoted, 5 were wanted, which is too few: extend it, remind once, or ask on another account');
CREATE TABLE fingerprints (
	kind SMALLINT NOT NULL, 
	hash BIGINT NOT NULL, 
	revision_id INTEGER NOT NULL, 
	CONSTRAINT pk_fingerprints PRIMARY KEY (kind, hash, revision_id), 
	CONSTRAINT fk_fingerprints_revision_id_revisions FOREIGN KEY(revision_id) REFERENCES revisions (id)
)
 WITHOUT ROWID

;
INSERT INTO "fingerprints" VALUES(1,-7612665749277500994,2);
INSERT INTO "fingerprints" VALUES(1,-6246607753953880949,2);
INSERT INTO "fingerprints" VALUES(1,-5744863298777916829,2);
INSERT INTO "fingerprints" VALUES(1,-5440413668040151609,2);
INSERT INTO "fingerprints" VALUES(1,-4881809031385784697,2);
INSERT INTO "fingerprints" VALUES(1,-3842391229807585052,2);
INSERT INTO "fingerprints" VALUES(1,-2000219634352468780,2);
INSERT INTO "fingerprints" VALUES(1,-89588828568244570,2);
INSERT INTO "fingerprints" VALUES(1,345973419925458253,2);
INSERT INTO "fingerprints" VALUES(1,2652786974835906560,2);
INSERT INTO "fingerprints" VALUES(1,2654347936391831302,2);
INSERT INTO "fingerprints" VALUES(1,4590961435775324626,2);
INSERT INTO "fingerprints" VALUES(1,5005278292284544074,2);
INSERT INTO "fingerprints" VALUES(1,6846179426107499096,2);
INSERT INTO "fingerprints" VALUES(1,6994704250303194797,2);
INSERT INTO "fingerprints" VALUES(1,7803549969670509668,2);
INSERT INTO "fingerprints" VALUES(3,2313338762509207768,2);
INSERT INTO "fingerprints" VALUES(3,2978107168454736001,2);
INSERT INTO "fingerprints" VALUES(5,-6369171310936344314,2);
INSERT INTO "fingerprints" VALUES(5,-2742355132796435575,2);
INSERT INTO "fingerprints" VALUES(1,-8822224036634736958,3);
INSERT INTO "fingerprints" VALUES(1,-8676887875170687813,3);
INSERT INTO "fingerprints" VALUES(1,-6294241884850120357,3);
INSERT INTO "fingerprints" VALUES(1,-5717796660551331433,3);
INSERT INTO "fingerprints" VALUES(1,-4024505045914425056,3);
INSERT INTO "fingerprints" VALUES(1,-2783596338467554621,3);
INSERT INTO "fingerprints" VALUES(1,-1266293808564808518,3);
INSERT INTO "fingerprints" VALUES(1,766688667334532388,3);
INSERT INTO "fingerprints" VALUES(1,1081948574080147098,3);
INSERT INTO "fingerprints" VALUES(1,1530789057938478096,3);
INSERT INTO "fingerprints" VALUES(1,3975573381200700757,3);
INSERT INTO "fingerprints" VALUES(1,4401845378418443443,3);
INSERT INTO "fingerprints" VALUES(1,5574254391111678173,3);
INSERT INTO "fingerprints" VALUES(1,5619739331274297356,3);
INSERT INTO "fingerprints" VALUES(1,6596818116384493191,3);
INSERT INTO "fingerprints" VALUES(1,8008353430292455613,3);
INSERT INTO "fingerprints" VALUES(2,-3711885378360756300,3);
INSERT INTO "fingerprints" VALUES(3,7287950166887127890,3);
INSERT INTO "fingerprints" VALUES(3,8477716995259260114,3);
INSERT INTO "fingerprints" VALUES(5,4789225087691669185,3);
INSERT INTO "fingerprints" VALUES(3,-4760700125199942428,8);
INSERT INTO "fingerprints" VALUES(6,-6685550320076835078,8);
INSERT INTO "fingerprints" VALUES(1,-8758162008559613611,9);
INSERT INTO "fingerprints" VALUES(1,-4734130754649258906,9);
INSERT INTO "fingerprints" VALUES(1,-4725321313813201562,9);
INSERT INTO "fingerprints" VALUES(1,-4616879276982058354,9);
INSERT INTO "fingerprints" VALUES(1,-4253803531551246519,9);
INSERT INTO "fingerprints" VALUES(1,-4096208197978216628,9);
INSERT INTO "fingerprints" VALUES(1,-2337321702038866539,9);
INSERT INTO "fingerprints" VALUES(1,-674305473062704386,9);
INSERT INTO "fingerprints" VALUES(1,1646781007464902773,9);
INSERT INTO "fingerprints" VALUES(1,2540707086291400417,9);
INSERT INTO "fingerprints" VALUES(1,3142876266008905056,9);
INSERT INTO "fingerprints" VALUES(1,5216223739589811525,9);
INSERT INTO "fingerprints" VALUES(1,5625105833563973333,9);
INSERT INTO "fingerprints" VALUES(1,5792415613030374615,9);
INSERT INTO "fingerprints" VALUES(1,7011788158293601460,9);
INSERT INTO "fingerprints" VALUES(1,7541033665064794703,9);
INSERT INTO "fingerprints" VALUES(2,5913303413167686729,9);
INSERT INTO "fingerprints" VALUES(3,5643674592262925817,9);
INSERT INTO "fingerprints" VALUES(3,9110161687279663890,9);
INSERT INTO "fingerprints" VALUES(5,8880827616497213630,9);
CREATE TABLE guilds (
	account_id INTEGER NOT NULL, 
	remote_id VARCHAR NOT NULL, 
	left_at DATETIME, 
	erased_at DATETIME, 
	CONSTRAINT pk_guilds PRIMARY KEY (account_id, remote_id), 
	CONSTRAINT fk_guilds_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "guilds" VALUES(1,'g1',NULL,NULL);
CREATE TABLE interactions (
	account_id INTEGER NOT NULL, 
	remote_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_interactions PRIMARY KEY (account_id, remote_id), 
	CONSTRAINT fk_interactions_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "interactions" VALUES(1,'i1','answered','2026-11-16 08:01:00.000000');
INSERT INTO "interactions" VALUES(1,'i2','voted','2026-11-16 08:01:00.000000');
INSERT INTO "interactions" VALUES(1,'i3','consented','2026-11-16 08:11:00.000000');
INSERT INTO "interactions" VALUES(1,'i4','answered','2026-11-19 08:36:00.000000');
CREATE TABLE leases (
	name VARCHAR NOT NULL, 
	holder VARCHAR NOT NULL, 
	lease_until DATETIME NOT NULL, 
	CONSTRAINT pk_leases PRIMARY KEY (name)
);
INSERT INTO "leases" VALUES('collect:1','one','2026-11-19 08:41:00.000000');
CREATE TABLE looks (
	reply_id INTEGER NOT NULL, 
	looked_at DATETIME NOT NULL, 
	place INTEGER, 
	CONSTRAINT pk_looks PRIMARY KEY (reply_id), 
	CONSTRAINT fk_looks_reply_id_replies FOREIGN KEY(reply_id) REFERENCES replies (id) ON DELETE CASCADE
);
INSERT INTO "looks" VALUES(3,'2026-11-16 08:06:00.000000',NULL);
CREATE TABLE marks (
	account_id INTEGER NOT NULL, 
	scope VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_marks PRIMARY KEY (account_id, scope), 
	CONSTRAINT fk_marks_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "marks" VALUES(1,'told:g1','5');
INSERT INTO "marks" VALUES(1,'events','22');
INSERT INTO "marks" VALUES(2,'events','2');
CREATE TABLE outgoings (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	place VARCHAR NOT NULL, 
	account_id INTEGER, 
	reply_id INTEGER, 
	payload JSON NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	state_reason VARCHAR NOT NULL, 
	due_at DATETIME NOT NULL, 
	retry_at DATETIME, 
	attempts INTEGER NOT NULL, 
	holder VARCHAR, 
	lease_until DATETIME, 
	intent_at DATETIME, 
	sent_at DATETIME, 
	remote_id VARCHAR, 
	CONSTRAINT pk_outgoings PRIMARY KEY (id), 
	CONSTRAINT fk_outgoings_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_outgoings_reply_id_replies FOREIGN KEY(reply_id) REFERENCES replies (id), 
	CONSTRAINT uq_outgoings_kind_subject_place UNIQUE (kind, subject, place)
);
INSERT INTO "outgoings" VALUES(1,'leave','revision 2','g1',1,2,'{"revision": 2, "start": 34, "end": 48, "wording": "May we quote this from your answer in The Example Review, word for word?\n\n\u201cnobody used it\u201d\n\nNothing is quoted without your yes. You can change your mind with the same buttons.", "language": "en", "votes": false, "by": "Mara", "reference": {"link": "https://sandbox.example/post/square-12", "extra": {"edition": "1"}}}','sent','','2026-11-16 08:06:00.000000',NULL,1,NULL,NULL,'2026-11-16 08:11:00.000000','2026-11-16 08:11:00.000000','square-12');
INSERT INTO "outgoings" VALUES(2,'editors','proposed 1 for g1','desk',1,NULL,'{"text": "what-next was proposed by Ada and waits for an editor''s yes\nYour yes or no: /pullquote queue", "reference": {"link": "https://sandbox.example/post/square-13", "extra": {"edition": "1"}}}','sent','','2026-11-16 08:11:00.000000',NULL,1,NULL,NULL,'2026-11-16 08:11:00.000000','2026-11-16 08:11:00.000000','square-13');
INSERT INTO "outgoings" VALUES(3,'editors','proposed 2 for g1','desk',1,NULL,'{"text": "what-next-2 was proposed by Bob and waits for an editor''s yes\nYour yes or no: /pullquote queue", "reference": {"link": "https://sandbox.example/post/square-14", "extra": {"edition": "1"}}}','sent','','2026-11-16 08:11:00.000000',NULL,1,NULL,NULL,'2026-11-16 08:11:00.000000','2026-11-16 08:11:00.000000','square-14');
INSERT INTO "outgoings" VALUES(4,'log','g1 3 30 2026-11-16T08:11:00+00:00','log',1,NULL,'{"text": "what-next was approved by Mara", "reference": {"link": "https://sandbox.example/post/square-15", "extra": {"edition": "1"}}}','sent','','2026-11-16 08:11:00.000000',NULL,1,NULL,NULL,'2026-11-16 08:11:00.000000','2026-11-16 08:11:00.000000','square-15');
INSERT INTO "outgoings" VALUES(5,'mail','digest 1+2','m@example.org',NULL,NULL,'{"digests": [1, 2]}','retry','the mail server cannot be reached: [Errno 111] Connection refused','2026-11-19 08:21:00.000000','2026-11-19 08:43:18.636251',4,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outgoings" VALUES(6,'digest','digest 2 for g1','news',1,NULL,'{"digests": [2], "reference": {"link": "https://sandbox.example/post/square-16", "extra": {"edition": "1"}}}','sent','','2026-11-19 08:21:00.000000',NULL,1,NULL,NULL,'2026-11-19 08:21:00.000000','2026-11-19 08:21:00.000000','square-16');
INSERT INTO "outgoings" VALUES(7,'mail','digest 3+4','m@example.org',NULL,NULL,'{"digests": [3, 4]}','retry','the mail server cannot be reached: [Errno 111] Connection refused','2026-11-19 08:21:00.000000','2026-11-19 08:42:24.487588',4,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outgoings" VALUES(8,'digest','digest 4 for g1','news',1,NULL,'{"digests": [4], "reference": {"link": "https://sandbox.example/post/square-17", "extra": {"edition": "1"}}}','sent','','2026-11-19 08:21:00.000000',NULL,1,NULL,NULL,'2026-11-19 08:21:00.000000','2026-11-19 08:21:00.000000','square-17');
INSERT INTO "outgoings" VALUES(9,'editors','closed 4 for g1','desk',1,NULL,'{"text": "habits has closed: 2 may be quoted, 2 were wanted\nIts digest: /pullquote digest \u00b7 to let it run longer: /pullquote queue", "reference": {"link": "https://sandbox.example/post/square-18", "extra": {"edition": "1"}}}','sent','','2026-11-19 08:21:00.000000',NULL,1,NULL,NULL,'2026-11-19 08:21:00.000000','2026-11-19 08:21:00.000000','square-18');
INSERT INTO "outgoings" VALUES(10,'editors','closed 5 for g1','desk',1,NULL,'{"text": "polls has closed: 0 may be quoted, 5 were wanted, which is too few: extend it, remind once, or ask on another account\nIts digest: /pullquote digest \u00b7 to let it run longer: /pullquote queue", "reference": {"link": "https://sandbox.example/post/square-19", "extra": {"edition": "1"}}}','sent','','2026-11-19 08:21:00.000000',NULL,1,NULL,NULL,'2026-11-19 08:21:00.000000','2026-11-19 08:21:00.000000','square-19');
CREATE TABLE outlines (
	question_id INTEGER NOT NULL, 
	reply_id INTEGER NOT NULL, 
	outline BLOB NOT NULL, 
	CONSTRAINT pk_outlines PRIMARY KEY (question_id, reply_id), 
	CONSTRAINT fk_outlines_question_id_questions FOREIGN KEY(question_id) REFERENCES questions (id), 
	CONSTRAINT fk_outlines_reply_id_replies FOREIGN KEY(reply_id) REFERENCES replies (id)
)
 WITHOUT ROWID

;
INSERT INTO "outlines" VALUES(1,2,X'AECC6E56695915D62A6907175A76ED91C15DC5C1270D810C990791A83BC7ED815E3C348427550D59777C876E1531C75E3C9959EC6B7C27ED4034E33183AE5D912A01EDED912A8D31343E5EECC59642780778E0A5CA55517D735E175CEDFB5CA5690C31661756088125407C7C3E5A0281765D5A3C7C5AC1963C6EED847D6BCCE00087B12D60600600BDAD0AC4926F84F900000000000000006C6F6FFDF61EF41B4ADE536824AA27A127195493FD4A531E000000000000000010000130266055BBFBB262D961C9BAB10986D2856C11E9F99484EF73616E64626F783A7371756172652D33');
INSERT INTO "outlines" VALUES(1,3,X'9B704A17255878831717226982D5659B75246E838824BB672EA06F6724F167BB9A8EF0A9706E24A9F851DD83079B39788ED153EC6D51787622D3B6782567D56F9AB46EA969759CDD977AD1ECF8D16A659A78768B598D2E1778786F7083F1B6B4A065DD87536E05539CD382759A2280BB76787513515175F8784A87D551766A9C0087B12D60600600B2883AB6743C2BC30000000000000000018ED9A60519259EDA0834AE4933AA21318BB53621729CC80F00000001000000100001B437D72FEABB7CCC0F000000D78E2922B9FE079BEC48A6A673616E64626F783A7371756172652D34');
INSERT INTO "outlines" VALUES(1,4,X'ECF56ED7050C157AD76995423476C7EC2F66213D2E0DE29AEC215EDFDFE23AE25EA834DB43FE0D7A26AA4B3C15EC8B5E34721D454B9A563AB62F3DC7BC5ED569C71EFE7A42050505546643435E3D269AC74B0C8B877051D7F705958B3CDFDB1E21544BF51D427D1D4205054BC7EB8E6776D5B195145EB13DA86E51DF7D43F5560087B12D606006009836821226C682DD0000000000000000B618307F067B1D711552BC1887CCCD5C750028F7330C1F9C0D00000001000000100001980704B3C655BADD0C000000BBFBB262EC48A6A6F99484EF73616E64626F783A7371756172652D35');
INSERT INTO "outlines" VALUES(2,5,X'9B97349205580C72DA0B95B01AD1C79B2CE46B7449DA5D709B5DD370E4DE74A1D372FCC1494F6B7231AACE650C6B8BFC72B018ECCE5DE4B7D92C70C7B0C47C31C77FD672B0055F0BDB5FD3ECDE31EA1AA1FCD18B1A9520B7C40BD397B7DEBF7C184FCEE0181A7F18D3050BCE5F16E43176FC65957BAA650C8B349E24AAE049C60087B12D60600600FAED89E0D78531B80000000000000000A0998DEE9F08548B506EE7BE710DA78A37FBF7BBC4C96C780C000000010000001000014904F7CE1F4610520C000000952F2F6ADDB09BA0EC48A6A6B1EC1DB224603DE573616E64626F783A7371756172652D36');
INSERT INTO "outlines" VALUES(2,8,X'0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000002A933F60600600355D44FFAC3AB28C0000000000000000FA36D2CB672738A3AF44056420B094C9C759F3E63BB2CC8F00000000000000001F0000696D706F72743A386561663932663161333632396433393737653532643465');
CREATE TABLE parts (
	id INTEGER NOT NULL, 
	post_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	payload JSON NOT NULL, 
	text VARCHAR NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	intent_at DATETIME, 
	looked INTEGER NOT NULL, 
	sends INTEGER NOT NULL, 
	sent_at DATETIME, 
	remote_id VARCHAR, 
	link VARCHAR NOT NULL, 
	extra JSON NOT NULL, has_notice BOOLEAN DEFAULT 0 NOT NULL, stood_at DATETIME, gone_at DATETIME, 
	CONSTRAINT pk_parts PRIMARY KEY (id), 
	CONSTRAINT fk_parts_post_id_posts FOREIGN KEY(post_id) REFERENCES posts (id), 
	CONSTRAINT uq_parts_key UNIQUE ("key"), 
	CONSTRAINT uq_parts_post_id_position UNIQUE (post_id, position)
);
INSERT INTO "parts" VALUES(1,1,0,'root','post-1.0','{"text": "What did you stop doing, and what happened?\n\nNothing is quoted without your yes: we ask first, for The Example Review. Say what you do.", "at": "2026-11-16T08:01:00+00:00", "language": "en", "place": ""}','What did you stop doing, and what happened?

Nothing is quoted without your yes: we ask first, for The Example Review. Say what you do.','sent','2026-11-16 08:01:00.000000',0,1,'2026-11-16 08:01:00.000000','square-1','https://sandbox.example/post/square-1','{"edition": "1"}',1,NULL,NULL);
INSERT INTO "parts" VALUES(2,2,0,'root','post-2.0','{"text": "Do you still disavow links?\n\n1. Yes\n2. No\n\nReply with why.\n\nNothing is quoted without your yes: we ask first, for The Example Review. Say what you do.", "at": "2026-11-16T08:01:00+00:00", "language": "en", "place": ""}','Do you still disavow links?

1. Yes
2. No

Reply with why.

Nothing is quoted without your yes: we ask first, for The Example Review. Say what you do.','sent','2026-11-16 08:01:00.000000',0,1,'2026-11-16 08:01:00.000000','square-2','https://sandbox.example/post/square-2','{"edition": "1"}',1,NULL,NULL);
INSERT INTO "parts" VALUES(3,3,0,'root','post-3.0','{"text": "Do you trust polls?\n\nReply with why.\n\nReplies may be quoted by name in The Example Review. Say what you do; ''no quote'' to stay out, ''no name'' to stay unnamed.", "at": "2026-11-16T08:01:00+00:00", "language": "en", "place": "", "poll": {"options": ["Yes", "No"], "closes_at": "2026-11-19T08:01:00+00:00"}}','Do you trust polls?

Reply with why.

Replies may be quoted by name in The Example Review. Say what you do; ''no quote'' to stay out, ''no name'' to stay unnamed.','sent','2026-11-16 08:01:00.000000',0,1,'2026-11-16 08:01:00.000000','plaza-1','https://sandbox.example/post/plaza-1','{"edition": "1"}',1,NULL,NULL);
INSERT INTO "parts" VALUES(4,5,0,'root','adopted-5','{}','What do you read, and why?','sent',NULL,0,0,'2026-11-16 08:06:00.000000','square-9','https://sandbox.example/post/square-9','{"edition": "1", "author": "emmy", "handle": "emmy"}',0,NULL,NULL);
INSERT INTO "parts" VALUES(5,2,1,'reminder','remind-2.1','{"text": "Still collecting answers to this until 21 Nov 2026, 08:01 (UTC). What is your experience?", "at": "2026-11-16T08:06:00+00:00", "language": "en", "place": ""}','Still collecting answers to this until 21 Nov 2026, 08:01 (UTC). What is your experience?','sent','2026-11-16 08:11:00.000000',0,1,'2026-11-16 08:11:00.000000','square-10','https://sandbox.example/post/square-10','{"edition": "1"}',0,NULL,NULL);
INSERT INTO "parts" VALUES(6,4,0,'root','post-4.0','{"text": "What next?\n\nNothing is quoted without your yes: we ask first, for The Example Review. Say what you do.", "at": "2026-11-16T08:11:00+00:00", "language": "en", "place": ""}','What next?

Nothing is quoted without your yes: we ask first, for The Example Review. Say what you do.','removed','2026-11-16 08:11:00.000000',0,1,'2026-11-16 08:11:00.000000','square-11','https://sandbox.example/post/square-11','{"edition": "1"}',1,NULL,NULL);
CREATE TABLE posts (
	id INTEGER NOT NULL, 
	target_id INTEGER NOT NULL, 
	version_id INTEGER NOT NULL, 
	occurrence VARCHAR NOT NULL, 
	due_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	state_reason VARCHAR NOT NULL, 
	retry_at DATETIME, 
	attempts INTEGER NOT NULL, 
	holder VARCHAR, 
	lease_until DATETIME, 
	late BOOLEAN NOT NULL, 
	adopted BOOLEAN NOT NULL, 
	published_at DATETIME, 
	closes_at DATETIME, 
	closed_at DATETIME, 
	digested_at DATETIME, 
	collect_until DATETIME, 
	counted INTEGER, 
	missing INTEGER, 
	asker_replies JSON NOT NULL, 
	counted_at DATETIME, 
	CONSTRAINT pk_posts PRIMARY KEY (id), 
	CONSTRAINT fk_posts_target_id_targets FOREIGN KEY(target_id) REFERENCES targets (id), 
	CONSTRAINT fk_posts_version_id_question_versions FOREIGN KEY(version_id) REFERENCES question_versions (id), 
	CONSTRAINT uq_posts_target_id_occurrence UNIQUE (target_id, occurrence)
);
INSERT INTO "posts" VALUES(1,1,1,'2026-11-16T08:01','2026-11-16 08:01:00.000000','2026-11-17 00:00:00.000000','closed','',NULL,1,NULL,NULL,0,0,'2026-11-16 08:01:00.000000','2026-11-19 08:01:00.000000','2026-11-19 08:21:00.000000','2026-11-19 08:21:00.000000','2026-11-21 08:01:00.000000',4,0,'{"square-12": "square-3"}','2026-11-19 08:36:00.000000');
INSERT INTO "posts" VALUES(2,2,2,'2026-11-16T08:01','2026-11-16 08:01:00.000000','2026-11-17 00:00:00.000000','published','',NULL,2,NULL,NULL,0,0,'2026-11-16 08:01:00.000000','2026-11-21 08:01:00.000000',NULL,NULL,'2026-11-23 08:01:00.000000',2,0,'{}','2026-11-19 08:36:00.000000');
INSERT INTO "posts" VALUES(3,3,3,'2026-11-16T08:01','2026-11-16 08:01:00.000000','2026-11-17 00:00:00.000000','closed','',NULL,1,NULL,NULL,0,0,'2026-11-16 08:01:00.000000','2026-11-19 08:01:00.000000','2026-11-19 08:21:00.000000','2026-11-19 08:21:00.000000','2026-11-21 08:01:00.000000',0,0,'{}','2026-11-19 08:36:00.000000');
INSERT INTO "posts" VALUES(4,5,5,'2026-11-16T08:06','2026-11-16 08:06:00.000000','2026-11-17 00:00:00.000000','removed','taken back',NULL,1,NULL,NULL,0,0,'2026-11-16 08:11:00.000000','2026-11-23 08:11:00.000000',NULL,NULL,'2026-11-25 08:11:00.000000',0,0,'{}','2026-11-16 08:11:00.000000');
INSERT INTO "posts" VALUES(5,7,7,'2026-11-16T08:06','2026-11-16 08:06:00.000000','2026-11-16 08:06:00.000000','published','',NULL,0,NULL,NULL,0,1,'2026-11-16 08:06:00.000000','2026-11-23 08:06:00.000000',NULL,NULL,'2026-11-25 08:06:00.000000',0,0,'{}','2026-11-19 08:36:00.000000');
CREATE TABLE printings (
	id INTEGER NOT NULL, 
	reply_id INTEGER NOT NULL, 
	revision_id INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	passage_hash VARCHAR NOT NULL, 
	link VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	fidelity VARCHAR NOT NULL, 
	consent VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_printings PRIMARY KEY (id), 
	CONSTRAINT fk_printings_reply_id_replies FOREIGN KEY(reply_id) REFERENCES replies (id), 
	CONSTRAINT fk_printings_revision_id_revisions FOREIGN KEY(revision_id) REFERENCES revisions (id), 
	CONSTRAINT uq_printings_reply_id_url_passage_hash UNIQUE (reply_id, url, passage_hash)
);
INSERT INTO "printings" VALUES(1,3,3,0,85,'c6871af152a64c6c7620a2304d002e3c8e425b9ea714477dac32c9f6a14980e2','https://sandbox.example/post/square-4','https://example.org/article','','verbatim','granted','Mara','2026-11-19 08:31:00.000000');
CREATE TABLE question_versions (
	id INTEGER NOT NULL, 
	question_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	content JSON NOT NULL, 
	content_hash VARCHAR NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_question_versions PRIMARY KEY (id), 
	CONSTRAINT fk_question_versions_question_id_questions FOREIGN KEY(question_id) REFERENCES questions (id), 
	CONSTRAINT uq_question_versions_question_id_number UNIQUE (question_id, number)
);
INSERT INTO "question_versions" VALUES(1,1,1,'{"text": "What did you stop doing, and what happened?", "options": [], "votes": "native", "hide_results": false, "why": "", "asker": "", "outlet": "", "hide_outlet": false, "wanted": "", "deadline": null, "language": "en", "sensitive": false, "accounts": ["square"], "zone": "UTC", "at": "2026-11-16T08:01", "cron": null, "closes_after": "3d", "grace": null, "enough": 2, "thread": false, "decoys": [], "region": "", "medium": "", "human_only": false, "pitches": 1, "link": "", "read_back": "check"}','438df0d251a146a6','2026-11-16 08:00:00.000000');
INSERT INTO "question_versions" VALUES(2,2,1,'{"text": "Do you still disavow links?", "options": ["Yes", "No"], "votes": "buttons", "hide_results": false, "why": "", "asker": "", "outlet": "", "hide_outlet": false, "wanted": "", "deadline": null, "language": "en", "sensitive": false, "accounts": ["square"], "zone": "UTC", "at": "2026-11-16T08:01", "cron": null, "closes_after": "5d", "grace": null, "enough": 5, "thread": false, "decoys": [], "region": "", "medium": "", "human_only": false, "pitches": 1, "link": "", "read_back": "check"}','0e03b2845068816d','2026-11-16 08:00:00.000000');
INSERT INTO "question_versions" VALUES(3,3,1,'{"text": "Do you trust polls?", "options": ["Yes", "No"], "votes": "native", "hide_results": false, "why": "", "asker": "", "outlet": "", "hide_outlet": false, "wanted": "", "deadline": null, "language": "en", "sensitive": false, "accounts": ["plaza"], "zone": "UTC", "at": "2026-11-16T08:01", "cron": null, "closes_after": "3d", "grace": null, "enough": 5, "thread": false, "decoys": [], "region": "", "medium": "", "human_only": false, "pitches": 1, "link": "", "read_back": "check"}','210fe61cb9d18d48','2026-11-16 08:00:00.000000');
INSERT INTO "question_versions" VALUES(4,4,1,'{"text": "Which tool did you drop?", "options": [], "votes": "native", "hide_results": false, "why": "", "asker": "", "outlet": "", "hide_outlet": false, "wanted": "", "deadline": null, "language": "en", "sensitive": false, "accounts": ["square"], "zone": "UTC", "at": "2026-11-30T08:00", "cron": null, "closes_after": "3d", "grace": null, "enough": 5, "thread": false, "decoys": [], "region": "", "medium": "", "human_only": false, "pitches": 1, "link": "", "read_back": "check"}','6ae156f5bc491723','2026-11-16 08:00:00.000000');
INSERT INTO "question_versions" VALUES(5,5,1,'{"text": "What next?", "options": [], "votes": "native", "hide_results": false, "why": "", "asker": "", "outlet": "", "hide_outlet": false, "wanted": "", "deadline": null, "language": "en", "sensitive": false, "accounts": ["square"], "zone": "UTC", "at": null, "cron": null, "closes_after": "1w", "grace": null, "enough": 5, "thread": false, "decoys": [], "region": "", "medium": "", "human_only": false, "pitches": 1, "link": "", "read_back": "check"}','1979201dc210da98','2026-11-16 08:06:00.000000');
INSERT INTO "question_versions" VALUES(6,6,1,'{"text": "What next?", "options": [], "votes": "native", "hide_results": false, "why": "", "asker": "", "outlet": "", "hide_outlet": false, "wanted": "", "deadline": null, "language": "en", "sensitive": false, "accounts": ["square"], "zone": "UTC", "at": null, "cron": null, "closes_after": "1w", "grace": null, "enough": 5, "thread": false, "decoys": [], "region": "", "medium": "", "human_only": false, "pitches": 1, "link": "", "read_back": "check"}','1979201dc210da98','2026-11-16 08:06:00.000000');
INSERT INTO "question_versions" VALUES(7,7,1,'{"text": "What do you read, and why?", "options": [], "votes": "native", "hide_results": false, "why": "", "asker": "", "outlet": "", "hide_outlet": false, "wanted": "", "deadline": null, "language": "en", "sensitive": false, "accounts": [], "zone": "UTC", "at": null, "cron": null, "closes_after": "1w", "grace": null, "enough": 5, "thread": false, "decoys": [], "region": "", "medium": "", "human_only": false, "pitches": 1, "link": "", "read_back": "check"}','c2d7f8dd8404ae1f','2026-11-16 08:06:00.000000');
CREATE TABLE questions (
	id INTEGER NOT NULL, 
	workspace VARCHAR NOT NULL, 
	slug VARCHAR NOT NULL, 
	source VARCHAR(32) NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	state_reason VARCHAR NOT NULL, 
	paused_reason VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	judged_at DATETIME, 
	judged_by VARCHAR NOT NULL, 
	changed_at DATETIME, 
	asked_by VARCHAR NOT NULL, decoys JSON DEFAULT '[]' NOT NULL, counted_by VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_questions PRIMARY KEY (id), 
	CONSTRAINT uq_questions_workspace_slug UNIQUE (workspace, slug)
);
INSERT INTO "questions" VALUES(1,'config','habits','config','active','','','2026-11-16 08:00:00.000000','2026-11-16 08:06:00.000000','805f3f274dc4fe9a8c095ec8','2026-11-19 08:36:00.000000','','[]','005ca14f89fefa81');
INSERT INTO "questions" VALUES(2,'config','links','config','active','','','2026-11-16 08:00:00.000000','2026-11-16 08:11:00.000000','805f3f274dc4b7fbcbaa0114','2026-11-16 08:11:00.000000','','[]','005ca14f89fefa81');
INSERT INTO "questions" VALUES(3,'config','polls','config','active','','','2026-11-16 08:00:00.000000','2026-11-19 08:21:00.000000','805f3f274dc4d7f5b883a0e7',NULL,'','[]','005ca14f89fefa81');
INSERT INTO "questions" VALUES(4,'config','tools','config','active','','','2026-11-16 08:00:00.000000',NULL,'',NULL,'','[]','005ca14f89fefa81');
INSERT INTO "questions" VALUES(5,'guild:g1','what-next','command','withdrawn','taken back','','2026-11-16 08:06:00.000000',NULL,'',NULL,'Ada','[]','005ca14f89fefa81');
INSERT INTO "questions" VALUES(6,'guild:g1','what-next-2','command','proposed','asked by Bob, waits for an editor''s yes','','2026-11-16 08:06:00.000000',NULL,'',NULL,'Bob','[]','005ca14f89fefa81');
INSERT INTO "questions" VALUES(7,'config','what-do-you-read-and-why','adopted','active','','','2026-11-16 08:06:00.000000',NULL,'',NULL,'','[]','005ca14f89fefa81');
CREATE TABLE read_backs (
	id INTEGER NOT NULL, 
	reply_id INTEGER NOT NULL, 
	revision_id INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	wants VARCHAR NOT NULL, 
	credit VARCHAR NOT NULL, 
	follow_up VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	is_own BOOLEAN NOT NULL, 
	token_hash VARCHAR, 
	message_id VARCHAR, 
	"by" VARCHAR NOT NULL, 
	made_at DATETIME NOT NULL, 
	asked_at DATETIME, 
	answered_at DATETIME, 
	answer VARCHAR NOT NULL, 
	said VARCHAR NOT NULL, 
	heard JSON NOT NULL, 
	CONSTRAINT pk_read_backs PRIMARY KEY (id), 
	CONSTRAINT fk_read_backs_reply_id_replies FOREIGN KEY(reply_id) REFERENCES replies (id), 
	CONSTRAINT fk_read_backs_revision_id_revisions FOREIGN KEY(revision_id) REFERENCES revisions (id), 
	CONSTRAINT uq_read_backs_message_id UNIQUE (message_id), 
	CONSTRAINT uq_read_backs_revision_id UNIQUE (revision_id), 
	CONSTRAINT uq_read_backs_token_hash UNIQUE (token_hash)
);
INSERT INTO "read_backs" VALUES(1,3,3,0,85,'check','Grace H., engineer','','',1,NULL,NULL,'Mara','2026-11-16 08:06:00.000000','2026-11-16 08:06:00.000000',NULL,'','','[]');
CREATE TABLE replies (
	id INTEGER NOT NULL, 
	question_id INTEGER NOT NULL, 
	post_id INTEGER, 
	account_id INTEGER, 
	author_id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	remote_id VARCHAR NOT NULL, 
	parent_remote_id VARCHAR, 
	link VARCHAR NOT NULL, 
	origin VARCHAR(32) NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	posted_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	checked_at DATETIME, 
	unknown_at DATETIME, 
	extra JSON NOT NULL, audience VARCHAR DEFAULT 'public' NOT NULL, source VARCHAR DEFAULT '' NOT NULL, source_id VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_replies PRIMARY KEY (id), 
	CONSTRAINT fk_replies_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_replies_author_id_authors FOREIGN KEY(author_id) REFERENCES authors (id), 
	CONSTRAINT fk_replies_post_id_posts FOREIGN KEY(post_id) REFERENCES posts (id), 
	CONSTRAINT fk_replies_question_id_questions FOREIGN KEY(question_id) REFERENCES questions (id), 
	CONSTRAINT uq_replies_question_id_platform_remote_id UNIQUE (question_id, platform, remote_id)
);
INSERT INTO "replies" VALUES(1,1,1,1,1,'sandbox','form:1:lise',NULL,'','submitted','standing','2026-11-16 08:01:00.000000','2026-11-16 08:01:00.000000',NULL,NULL,'{}','public','','');
INSERT INTO "replies" VALUES(2,1,1,1,2,'sandbox','square-3','square-1','https://sandbox.example/post/square-3','collected','standing','2026-11-16 08:01:00.000000','2026-11-16 08:06:00.000000','2026-11-19 08:31:00.000000',NULL,'{}','public','','');
INSERT INTO "replies" VALUES(3,1,1,1,3,'sandbox','square-4','square-1','https://sandbox.example/post/square-4','collected','standing','2026-11-16 08:01:00.000000','2026-11-16 08:06:00.000000','2026-11-19 08:31:00.000000',NULL,'{}','public','','');
INSERT INTO "replies" VALUES(4,1,1,1,4,'sandbox','square-5','square-1','https://sandbox.example/post/square-5','collected','standing','2026-11-16 08:01:00.000000','2026-11-16 08:06:00.000000',NULL,NULL,'{}','public','','');
INSERT INTO "replies" VALUES(5,2,2,1,5,'sandbox','square-6','square-2','https://sandbox.example/post/square-6','collected','standing','2026-11-16 08:01:00.000000','2026-11-16 08:06:00.000000',NULL,NULL,'{}','public','','');
INSERT INTO "replies" VALUES(6,2,2,1,6,'sandbox','square-7','square-2','https://sandbox.example/post/square-7','collected','deleted','2026-11-16 08:01:00.000000','2026-11-16 08:06:00.000000','2026-11-16 08:11:00.000000',NULL,'{}','public','','');
INSERT INTO "replies" VALUES(7,2,2,1,7,'sandbox','erased:7',NULL,'','collected','purged','2026-11-16 08:01:00.000000','2026-11-16 08:06:00.000000','2026-11-16 08:06:00.000000',NULL,'{}','public','','');
INSERT INTO "replies" VALUES(8,2,NULL,NULL,8,'import','8eaf92f1a3629d3977e52d4e',NULL,'','imported','standing','2026-11-16 08:06:00.000000','2026-11-16 08:06:00.000000',NULL,NULL,'{"undated": "no time was given"}','public','','');
CREATE TABLE revisions (
	id INTEGER NOT NULL, 
	reply_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	text VARCHAR, 
	version VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	"foreign" JSON NOT NULL, 
	seen_at DATETIME NOT NULL, 
	emptied_at DATETIME, original VARCHAR, 
	CONSTRAINT pk_revisions PRIMARY KEY (id), 
	CONSTRAINT fk_revisions_reply_id_replies FOREIGN KEY(reply_id) REFERENCES replies (id), 
	CONSTRAINT uq_revisions_reply_id_number UNIQUE (reply_id, number)
);
CREATE TRIGGER revisions_reply_words_insert AFTER INSERT ON revisions BEGIN INSERT INTO reply_words (rowid, words) SELECT NEW.id, NEW.text WHERE NEW.text <> ''; END;
CREATE TRIGGER revisions_reply_words_delete AFTER DELETE ON revisions BEGIN INSERT INTO reply_words (reply_words, rowid, words) SELECT 'delete', OLD.id, OLD.text WHERE OLD.text <> ''; END;
CREATE TRIGGER revisions_reply_words_update AFTER UPDATE ON revisions WHEN OLD.text IS NOT NEW.text BEGIN INSERT INTO reply_words (reply_words, rowid, words) SELECT 'delete', OLD.id, OLD.text WHERE OLD.text <> ''; INSERT INTO reply_words (rowid, words) SELECT NEW.id, NEW.text WHERE NEW.text <> ''; END;
CREATE TRIGGER revisions_reply_grams_insert AFTER INSERT ON revisions BEGIN INSERT INTO reply_grams (rowid, words) SELECT NEW.id, NEW.text || '  ' WHERE NEW.text <> '' AND NEW.text GLOB '*[฀-႟ក-៿᧠-᧿⺀-⿟々-〇〡-〩〸-〻ぁ-ㄯㆠ-ㇿ㐀-䶿一-鿿ꀀ-꓏ꧠ-꧿ꩠ-ꩿ豈-﫿ｦ-ﾟ𚿰-𛅯𠀀-𿿽]*'; END;
CREATE TRIGGER revisions_reply_grams_delete AFTER DELETE ON revisions BEGIN INSERT INTO reply_grams (reply_grams, rowid, words) SELECT 'delete', OLD.id, OLD.text || '  ' WHERE OLD.text <> '' AND OLD.text GLOB '*[฀-႟ក-៿᧠-᧿⺀-⿟々-〇〡-〩〸-〻ぁ-ㄯㆠ-ㇿ㐀-䶿一-鿿ꀀ-꓏ꧠ-꧿ꩠ-ꩿ豈-﫿ｦ-ﾟ𚿰-𛅯𠀀-𿿽]*'; END;
CREATE TRIGGER revisions_reply_grams_update AFTER UPDATE ON revisions WHEN OLD.text IS NOT NEW.text BEGIN INSERT INTO reply_grams (reply_grams, rowid, words) SELECT 'delete', OLD.id, OLD.text || '  ' WHERE OLD.text <> '' AND OLD.text GLOB '*[฀-႟ក-៿᧠-᧿⺀-⿟々-〇〡-〩〸-〻ぁ-ㄯㆠ-ㇿ㐀-䶿一-鿿ꀀ-꓏ꧠ-꧿ꩠ-ꩿ豈-﫿ｦ-ﾟ𚿰-𛅯𠀀-𿿽]*'; INSERT INTO reply_grams (rowid, words) SELECT NEW.id, NEW.text || '  ' WHERE NEW.text <> '' AND NEW.text GLOB '*[฀-႟ក-៿᧠-᧿⺀-⿟々-〇〡-〩〸-〻ぁ-ㄯㆠ-ㇿ㐀-䶿一-鿿ꀀ-꓏ꧠ-꧿ꩠ-ꩿ豈-﫿ｦ-ﾟ𚿰-𛅯𠀀-𿿽]*'; END;
INSERT INTO "revisions" VALUES(1,1,1,'We stopped faxing orders in 2016, and 3 of 40 shops asked us why.','','','[]','2026-11-16 08:01:00.000000',NULL,NULL);
INSERT INTO "revisions" VALUES(2,2,1,'We dropped AMP last March because nobody used it. Traffic stayed flat, revenue rose 12%.','1','','[]','2026-11-16 08:06:00.000000',NULL,NULL);
INSERT INTO "revisions" VALUES(3,3,1,'I stopped disavowing links in 2019 after a test on forty sites; nothing moved at all.','1','','[]','2026-11-16 08:06:00.000000',NULL,NULL);
INSERT INTO "revisions" VALUES(4,4,1,'Guest posts. We stopped in 2021 because nobody read them, and saved two days a month.','1','','[]','2026-11-16 08:06:00.000000',NULL,NULL);
INSERT INTO "revisions" VALUES(5,5,1,'We stopped sending invoices by post in 2018, and were paid 9 days sooner.','1','','[]','2026-11-16 08:06:00.000000',NULL,NULL);
INSERT INTO "revisions" VALUES(6,6,1,NULL,'1','','[]','2026-11-16 08:06:00.000000','2026-11-16 08:11:00.000000',NULL);
INSERT INTO "revisions" VALUES(7,7,1,NULL,'','','[]','2026-11-16 08:06:00.000000','2026-11-16 08:06:00.000000',NULL);
INSERT INTO "revisions" VALUES(8,8,1,'We still do, for 3 clients of 40.','','','[]','2026-11-16 08:06:00.000000',NULL,NULL);
INSERT INTO "revisions" VALUES(9,5,2,'We stopped sending invoices by post in 2018, and were paid 9 days sooner. Honestly.','2','','[]','2026-11-16 08:11:00.000000',NULL,NULL);
INSERT INTO "revisions" VALUES(10,1,2,'We never did.','','','[]','2026-11-19 08:36:00.000000',NULL,NULL);
CREATE TABLE source_checks (
	id INTEGER NOT NULL, 
	author_id INTEGER NOT NULL, 
	found_at VARCHAR NOT NULL, 
	spoken BOOLEAN NOT NULL, 
	"by" VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_source_checks PRIMARY KEY (id), 
	CONSTRAINT fk_source_checks_author_id_authors FOREIGN KEY(author_id) REFERENCES authors (id)
);
INSERT INTO "source_checks" VALUES(1,3,'',1,'Mara','','2026-11-16 08:06:00.000000');
CREATE TABLE spendings (
	account_id INTEGER NOT NULL, 
	unit VARCHAR NOT NULL, 
	day VARCHAR NOT NULL, 
	amount INTEGER NOT NULL, 
	micros BIGINT NOT NULL, 
	CONSTRAINT pk_spendings PRIMARY KEY (account_id, unit, day), 
	CONSTRAINT fk_spendings_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "spendings" VALUES(1,'read','2026-11-19',2,0);
CREATE TABLE stale_digests (
	id INTEGER NOT NULL, 
	digest_id INTEGER NOT NULL, 
	CONSTRAINT pk_stale_digests PRIMARY KEY (id), 
	CONSTRAINT fk_stale_digests_digest_id_digests FOREIGN KEY(digest_id) REFERENCES digests (id)
);
INSERT INTO "stale_digests" VALUES(1,1);
CREATE TABLE stale_replies (
	id INTEGER NOT NULL, 
	reply_id INTEGER NOT NULL, 
	CONSTRAINT pk_stale_replies PRIMARY KEY (id), 
	CONSTRAINT fk_stale_replies_reply_id_replies FOREIGN KEY(reply_id) REFERENCES replies (id)
);
INSERT INTO "stale_replies" VALUES(1,1);
CREATE TABLE tallies (
	post_id INTEGER NOT NULL, 
	option INTEGER NOT NULL, 
	source VARCHAR(32) NOT NULL, 
	votes INTEGER NOT NULL, 
	final BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_tallies PRIMARY KEY (post_id, option, source), 
	CONSTRAINT fk_tallies_post_id_posts FOREIGN KEY(post_id) REFERENCES posts (id)
);
INSERT INTO "tallies" VALUES(3,0,'platform',0,1,'2026-11-19 08:36:00.000000');
INSERT INTO "tallies" VALUES(3,1,'platform',1,1,'2026-11-19 08:36:00.000000');
INSERT INTO "tallies" VALUES(2,1,'rows',1,0,'2026-11-16 08:01:00.000000');
CREATE TABLE targets (
	id INTEGER NOT NULL, 
	question_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	place VARCHAR NOT NULL, 
	active BOOLEAN NOT NULL, 
	planned_until DATETIME, plan_at DATETIME DEFAULT '1970-01-01 00:00:00.000000', 
	CONSTRAINT pk_targets PRIMARY KEY (id), 
	CONSTRAINT fk_targets_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_targets_question_id_questions FOREIGN KEY(question_id) REFERENCES questions (id), 
	CONSTRAINT uq_targets_question_id_account_id_place UNIQUE (question_id, account_id, place)
);
INSERT INTO "targets" VALUES(1,1,1,'',1,'2026-11-16 08:01:00.000000',NULL);
INSERT INTO "targets" VALUES(2,2,1,'',1,'2026-11-16 08:01:00.000000',NULL);
INSERT INTO "targets" VALUES(3,3,2,'',1,'2026-11-16 08:01:00.000000',NULL);
INSERT INTO "targets" VALUES(4,4,1,'',1,NULL,'2026-11-30 08:00:00.000000');
INSERT INTO "targets" VALUES(5,5,1,'',1,NULL,NULL);
INSERT INTO "targets" VALUES(6,6,1,'',1,NULL,'1970-01-01 00:00:00.000000');
INSERT INTO "targets" VALUES(7,7,1,'',1,NULL,NULL);
CREATE TABLE uncounted (
	id INTEGER NOT NULL, 
	question_id INTEGER NOT NULL, 
	author_id INTEGER NOT NULL, 
	CONSTRAINT pk_uncounted PRIMARY KEY (id)
);
INSERT INTO "uncounted" VALUES(1,1,1);
CREATE TABLE verdicts (
	id INTEGER NOT NULL, 
	revision_id INTEGER NOT NULL, 
	value VARCHAR(32) NOT NULL, 
	score DOUBLE NOT NULL, 
	reasons JSON NOT NULL, 
	rules_hash VARCHAR NOT NULL, 
	editor VARCHAR, 
	note VARCHAR NOT NULL, 
	judged_at DATETIME NOT NULL, 
	restored_at DATETIME, quotable BOOLEAN DEFAULT 1 NOT NULL, beside JSON DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_verdicts PRIMARY KEY (id), 
	CONSTRAINT fk_verdicts_revision_id_revisions FOREIGN KEY(revision_id) REFERENCES revisions (id)
);
INSERT INTO "verdicts" VALUES(1,1,'maybe',3.62714899060356643634e-01,'[{"rule": "rank_experience", "weight": 0.3761, "detail": "\u201cstopped\u201d", "revision": 1, "start": 3, "end": 10}, {"rule": "rank_no_topic", "weight": -0.3597, "detail": ""}, {"rule": "rank_writing", "weight": 0.3334, "detail": ""}, {"rule": "rank_figures", "weight": 0.2129, "detail": "\u201c2016\u201d, \u201c3\u201d, \u201c40\u201d", "revision": 1, "start": 28, "end": 32}, {"rule": "rank_self", "weight": -0.2094, "detail": "\u201cwe\u201d", "revision": 1, "start": 0, "end": 2}, {"rule": "rank_no_place", "weight": -0.1965, "detail": ""}, {"rule": "style", "weight": -0.1856, "detail": ""}, {"rule": "rank_asking", "weight": -0.1607, "detail": "\u201cwhy\u201d", "revision": 1, "start": 61, "end": 64}, {"rule": "rank_no_wanted", "weight": -0.1595, "detail": ""}, {"rule": "rank_no_chatter", "weight": 0.1441, "detail": ""}, {"rule": "rank_no_advice", "weight": -0.1062, "detail": ""}, {"rule": "rank_stand", "weight": -0.0895, "detail": "\u201cof\u201d", "revision": 1, "start": 40, "end": 42}, {"rule": "rank_reason", "weight": 0.073, "detail": "\u201cwhy\u201d", "revision": 1, "start": 61, "end": 64}, {"rule": "rank_length", "weight": -0.0701, "detail": "43"}, {"rule": "rank_no_source", "weight": -0.0584, "detail": ""}, {"rule": "rank_no_others", "weight": -0.0143, "detail": ""}, {"rule": "rank_no_abstract", "weight": 0.0137, "detail": ""}, {"rule": "rank_no_negation", "weight": 0.0108, "detail": ""}, {"rule": "rank_no_sale", "weight": -0.0084, "detail": ""}, {"rule": "rank_no_unsure", "weight": 0.0052, "detail": ""}, {"rule": "base", "weight": -0.1145, "detail": ""}]','805f3f274dc4fe9a8c095ec8',NULL,'','2026-11-16 08:06:00.000000',NULL,0,'[0.5786, 15.0559, 2.7821]');
INSERT INTO "verdicts" VALUES(2,2,'keep',6.77913597017793745358e-01,'[{"rule": "rank_experience", "weight": 0.7261, "detail": "\u201cdropped\u201d, \u201cstayed\u201d", "revision": 2, "start": 3, "end": 10}, {"rule": "rank_writing", "weight": 0.4443, "detail": ""}, {"rule": "rank_no_asking", "weight": 0.3682, "detail": ""}, {"rule": "rank_no_topic", "weight": -0.3597, "detail": ""}, {"rule": "rank_figures", "weight": 0.2352, "detail": "\u201c12\u201d, \u201cmarch\u201d", "revision": 2, "start": 84, "end": 86}, {"rule": "rank_no_wanted", "weight": -0.1595, "detail": ""}, {"rule": "rank_no_stand", "weight": -0.1552, "detail": ""}, {"rule": "rank_no_chatter", "weight": 0.1441, "detail": ""}, {"rule": "rank_self", "weight": -0.1343, "detail": "\u201cwe\u201d", "revision": 2, "start": 0, "end": 2}, {"rule": "rank_no_advice", "weight": -0.1062, "detail": ""}, {"rule": "style", "weight": -0.0982, "detail": ""}, {"rule": "rank_length", "weight": -0.0967, "detail": "68"}, {"rule": "rank_reason", "weight": 0.073, "detail": "\u201cbecause\u201d", "revision": 2, "start": 26, "end": 33}, {"rule": "rank_no_source", "weight": -0.0584, "detail": ""}, {"rule": "rank_others", "weight": 0.0332, "detail": "\u201cit\u201d", "revision": 2, "start": 46, "end": 48}, {"rule": "rank_no_abstract", "weight": 0.0137, "detail": ""}, {"rule": "rank_negation", "weight": -0.0112, "detail": "\u201cnobody\u201d", "revision": 2, "start": 34, "end": 40}, {"rule": "rank_no_sale", "weight": -0.0084, "detail": ""}, {"rule": "rank_no_unsure", "weight": 0.0052, "detail": ""}, {"rule": "rank_place", "weight": 0.0035, "detail": "\u201camp\u201d, \u201cmarch\u201d", "revision": 2, "start": 11, "end": 14}, {"rule": "base", "weight": -0.1145, "detail": ""}]','805f3f274dc4fe9a8c095ec8',NULL,'','2026-11-16 08:06:00.000000',NULL,1,'[0.6474, 16.8459, 5.1114]');
INSERT INTO "verdicts" VALUES(3,3,'maybe',4.08371887723607329689e-01,'[{"rule": "rank_experience", "weight": 0.7261, "detail": "\u201cstopped\u201d, \u201cnothing moved\u201d", "revision": 3, "start": 2, "end": 9}, {"rule": "rank_no_asking", "weight": 0.3682, "detail": ""}, {"rule": "rank_no_topic", "weight": -0.3597, "detail": ""}, {"rule": "rank_no_place", "weight": -0.1965, "detail": ""}, {"rule": "style", "weight": -0.1624, "detail": ""}, {"rule": "rank_no_wanted", "weight": -0.1595, "detail": ""}, {"rule": "rank_no_stand", "weight": -0.1552, "detail": ""}, {"rule": "rank_no_chatter", "weight": 0.1441, "detail": ""}, {"rule": "rank_self", "weight": -0.1307, "detail": "\u201ci\u201d", "revision": 3, "start": 0, "end": 1}, {"rule": "rank_no_advice", "weight": -0.1062, "detail": ""}, {"rule": "rank_no_writing", "weight": -0.1014, "detail": ""}, {"rule": "rank_no_reason", "weight": -0.077, "detail": ""}, {"rule": "rank_no_source", "weight": -0.0584, "detail": ""}, {"rule": "rank_figures", "weight": 0.0488, "detail": "\u201c2019\u201d", "revision": 3, "start": 30, "end": 34}, {"rule": "rank_length", "weight": -0.0208, "detail": "64"}, {"rule": "rank_no_others", "weight": -0.0143, "detail": ""}, {"rule": "rank_no_abstract", "weight": 0.0137, "detail": ""}, {"rule": "rank_negation", "weight": -0.0118, "detail": "\u201cnothing\u201d", "revision": 3, "start": 64, "end": 71}, {"rule": "rank_no_sale", "weight": -0.0084, "detail": ""}, {"rule": "rank_no_unsure", "weight": 0.0052, "detail": ""}, {"rule": "base", "weight": -0.1145, "detail": ""}]','805f3f274dc4fe9a8c095ec8',NULL,'','2026-11-16 08:06:00.000000',NULL,1,'[0.6383, 16.6083, 3.6961]');
INSERT INTO "verdicts" VALUES(4,4,'keep',6.18314439440181273788e-01,'[{"rule": "rank_experience", "weight": 0.7261, "detail": "\u201cstopped\u201d, \u201csaved\u201d", "revision": 4, "start": 16, "end": 23}, {"rule": "rank_figures", "weight": 0.4034, "detail": "\u201c2021\u201d, \u201cdays\u201d", "revision": 4, "start": 27, "end": 31}, {"rule": "rank_no_asking", "weight": 0.3682, "detail": ""}, {"rule": "rank_no_topic", "weight": -0.3597, "detail": ""}, {"rule": "rank_writing", "weight": 0.3318, "detail": ""}, {"rule": "rank_no_place", "weight": -0.1965, "detail": ""}, {"rule": "style", "weight": -0.1938, "detail": ""}, {"rule": "rank_self", "weight": -0.1622, "detail": "\u201cwe\u201d", "revision": 4, "start": 13, "end": 15}, {"rule": "rank_no_wanted", "weight": -0.1595, "detail": ""}, {"rule": "rank_no_stand", "weight": -0.1552, "detail": ""}, {"rule": "rank_no_chatter", "weight": 0.1441, "detail": ""}, {"rule": "rank_no_advice", "weight": -0.1062, "detail": ""}, {"rule": "rank_length", "weight": -0.0916, "detail": "63"}, {"rule": "rank_reason", "weight": 0.073, "detail": "\u201cbecause\u201d", "revision": 4, "start": 32, "end": 39}, {"rule": "rank_no_source", "weight": -0.0584, "detail": ""}, {"rule": "rank_others", "weight": 0.0347, "detail": "\u201cthem\u201d", "revision": 4, "start": 52, "end": 56}, {"rule": "rank_no_abstract", "weight": 0.0137, "detail": ""}, {"rule": "rank_negation", "weight": -0.0118, "detail": "\u201cnobody\u201d", "revision": 4, "start": 40, "end": 46}, {"rule": "rank_no_sale", "weight": -0.0084, "detail": ""}, {"rule": "rank_no_unsure", "weight": 0.0052, "detail": ""}, {"rule": "base", "weight": -0.1145, "detail": ""}]','805f3f274dc4fe9a8c095ec8',NULL,'','2026-11-16 08:06:00.000000',NULL,1,'[0.6359, 16.5466, 3.9389]');
INSERT INTO "verdicts" VALUES(5,5,'keep',5.70404085879365307931e-01,'[{"rule": "rank_figures", "weight": 0.6671, "detail": "\u201c2018\u201d, \u201c9\u201d, \u201cpaid\u201d", "revision": 5, "start": 39, "end": 43}, {"rule": "rank_experience", "weight": 0.3761, "detail": "\u201cstopped\u201d", "revision": 5, "start": 3, "end": 10}, {"rule": "rank_no_asking", "weight": 0.3682, "detail": ""}, {"rule": "rank_no_topic", "weight": -0.3597, "detail": ""}, {"rule": "rank_writing", "weight": 0.3252, "detail": ""}, {"rule": "rank_no_place", "weight": -0.1965, "detail": ""}, {"rule": "style", "weight": -0.1769, "detail": ""}, {"rule": "rank_no_wanted", "weight": -0.1595, "detail": ""}, {"rule": "rank_no_stand", "weight": -0.1552, "detail": ""}, {"rule": "rank_no_chatter", "weight": 0.1441, "detail": ""}, {"rule": "rank_self", "weight": -0.1426, "detail": "\u201cwe\u201d", "revision": 5, "start": 0, "end": 2}, {"rule": "rank_no_advice", "weight": -0.1062, "detail": ""}, {"rule": "rank_no_reason", "weight": -0.077, "detail": ""}, {"rule": "rank_no_source", "weight": -0.0584, "detail": ""}, {"rule": "rank_length", "weight": -0.0577, "detail": "53"}, {"rule": "rank_no_others", "weight": -0.0143, "detail": ""}, {"rule": "rank_no_abstract", "weight": 0.0137, "detail": ""}, {"rule": "rank_no_negation", "weight": 0.0108, "detail": ""}, {"rule": "rank_no_sale", "weight": -0.0084, "detail": ""}, {"rule": "rank_no_unsure", "weight": 0.0052, "detail": ""}, {"rule": "base", "weight": -0.1145, "detail": ""}]','805f3f274dc4b7fbcbaa0114',NULL,'','2026-11-16 08:06:00.000000',NULL,1,'[0.61, 15.8707, 2.5394]');
INSERT INTO "verdicts" VALUES(6,6,'aside',1.20627141499699153809e-02,'[{"rule": "plus_one", "weight": -5.0, "detail": "", "revision": 6, "start": 0, "end": 2}, {"rule": "rank_writing", "weight": 0.9436, "detail": ""}, {"rule": "rank_no_topic", "weight": -0.4285, "detail": ""}, {"rule": "rank_no_asking", "weight": 0.1979, "detail": ""}, {"rule": "rank_figures", "weight": 0.1846, "detail": "", "revision": 6, "start": 1, "end": 2}, {"rule": "rank_no_length", "weight": -0.1633, "detail": "0"}, {"rule": "rank_no_source", "weight": -0.0253, "detail": ""}, {"rule": "base", "weight": -0.1145, "detail": ""}]','805f3f274dc4b7fbcbaa0114',NULL,'','2026-11-16 08:06:00.000000',NULL,0,'[0.3058, 12.7316, 2.5394]');
INSERT INTO "verdicts" VALUES(8,4,'keep',1.0,'[]','','Mara','','2026-11-16 08:06:00.000000',NULL,1,'[]');
INSERT INTO "verdicts" VALUES(9,9,'keep',5.94572356822380854168e-01,'[{"rule": "rank_figures", "weight": 0.6414, "detail": "\u201c2018\u201d, \u201c9\u201d, \u201cpaid\u201d", "revision": 9, "start": 39, "end": 43}, {"rule": "rank_writing", "weight": 0.498, "detail": ""}, {"rule": "rank_experience", "weight": 0.3761, "detail": "\u201cstopped\u201d", "revision": 9, "start": 3, "end": 10}, {"rule": "rank_no_asking", "weight": 0.3682, "detail": ""}, {"rule": "rank_no_topic", "weight": -0.3597, "detail": ""}, {"rule": "rank_no_place", "weight": -0.1965, "detail": ""}, {"rule": "style", "weight": -0.188, "detail": ""}, {"rule": "rank_no_wanted", "weight": -0.1595, "detail": ""}, {"rule": "rank_no_stand", "weight": -0.1552, "detail": ""}, {"rule": "rank_no_chatter", "weight": 0.1441, "detail": ""}, {"rule": "rank_self", "weight": -0.1383, "detail": "\u201cwe\u201d", "revision": 9, "start": 0, "end": 2}, {"rule": "rank_no_advice", "weight": -0.1062, "detail": ""}, {"rule": "rank_length", "weight": -0.0986, "detail": "61"}, {"rule": "rank_no_reason", "weight": -0.077, "detail": ""}, {"rule": "rank_no_source", "weight": -0.0584, "detail": ""}, {"rule": "rank_no_others", "weight": -0.0143, "detail": ""}, {"rule": "rank_no_abstract", "weight": 0.0137, "detail": ""}, {"rule": "rank_no_negation", "weight": 0.0108, "detail": ""}, {"rule": "rank_no_sale", "weight": -0.0084, "detail": ""}, {"rule": "rank_no_unsure", "weight": 0.0052, "detail": ""}, {"rule": "base", "weight": -0.1145, "detail": ""}]','805f3f274dc4b7fbcbaa0114',NULL,'','2026-11-16 08:11:00.000000',NULL,1,'[0.6311, 16.4203, 2.5394]');
INSERT INTO "verdicts" VALUES(10,8,'keep',4.86678153675682623191e-01,'[{"rule": "rank_writing", "weight": 0.4016, "detail": ""}, {"rule": "rank_no_asking", "weight": 0.3682, "detail": ""}, {"rule": "rank_no_topic", "weight": -0.3597, "detail": ""}, {"rule": "rank_reason", "weight": 0.262, "detail": "\u201cstill\u201d", "revision": 8, "start": 3, "end": 8}, {"rule": "rank_no_place", "weight": -0.1965, "detail": ""}, {"rule": "rank_self", "weight": -0.181, "detail": "\u201cwe\u201d", "revision": 8, "start": 0, "end": 2}, {"rule": "rank_no_wanted", "weight": -0.1595, "detail": ""}, {"rule": "rank_figures", "weight": 0.1448, "detail": "\u201c3\u201d, \u201c40\u201d", "revision": 8, "start": 17, "end": 18}, {"rule": "rank_no_chatter", "weight": 0.1441, "detail": ""}, {"rule": "rank_no_advice", "weight": -0.1062, "detail": ""}, {"rule": "style", "weight": -0.0776, "detail": ""}, {"rule": "rank_no_experience", "weight": -0.0739, "detail": ""}, {"rule": "rank_no_source", "weight": -0.0584, "detail": ""}, {"rule": "rank_stand", "weight": -0.0511, "detail": "\u201cof\u201d", "revision": 8, "start": 27, "end": 29}, {"rule": "rank_no_others", "weight": -0.0143, "detail": ""}, {"rule": "rank_no_abstract", "weight": 0.0137, "detail": ""}, {"rule": "rank_no_negation", "weight": 0.0108, "detail": ""}, {"rule": "rank_no_sale", "weight": -0.0084, "detail": ""}, {"rule": "rank_no_unsure", "weight": 0.0052, "detail": ""}, {"rule": "rank_no_length", "weight": -0.0026, "detail": "21"}, {"rule": "base", "weight": -0.1145, "detail": ""}]','805f3f274dc4b7fbcbaa0114',NULL,'','2026-11-16 08:11:00.000000',NULL,1,'[0.4727, 12.7316, 2.9381]');
CREATE TABLE votes (
	id INTEGER NOT NULL, 
	post_id INTEGER NOT NULL, 
	voter VARCHAR NOT NULL, 
	option INTEGER NOT NULL, 
	source VARCHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_votes PRIMARY KEY (id), 
	CONSTRAINT fk_votes_post_id_posts FOREIGN KEY(post_id) REFERENCES posts (id), 
	CONSTRAINT uq_votes_post_id_voter_source_option UNIQUE (post_id, voter, source, option)
);
INSERT INTO "votes" VALUES(1,2,'grace',1,'button','2026-11-16 08:01:00.000000');
INSERT INTO "votes" VALUES(2,3,'ada',1,'poll','2026-11-16 08:06:00.000000');
CREATE TABLE vouched_quotes (
	id INTEGER NOT NULL, 
	workspace VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_vouched_quotes PRIMARY KEY (id), 
	CONSTRAINT uq_vouched_quotes_workspace_name UNIQUE (workspace, name)
);
INSERT INTO "vouched_quotes" VALUES(1,'config','keyed:b386c9adf9f3f78045512d1c59ec71e4e4733e814a661122b124cdd513283359','Mara','2026-11-19 08:36:00.000000');
CREATE TABLE watched_drafts (
	id INTEGER NOT NULL, 
	workspace VARCHAR NOT NULL, 
	quotes INTEGER NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	until DATETIME NOT NULL, 
	check_at DATETIME NOT NULL, 
	CONSTRAINT pk_watched_drafts PRIMARY KEY (id)
);
INSERT INTO "watched_drafts" VALUES(1,'config',1,'Mara','2026-11-19 08:36:00.000000','2026-12-03 08:36:00.000000','2026-11-19 08:51:00.000000');
CREATE TABLE watched_quotes (
	id INTEGER NOT NULL, 
	draft_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	reply_id INTEGER NOT NULL, 
	revision_id INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	changed_at DATETIME, 
	CONSTRAINT pk_watched_quotes PRIMARY KEY (id), 
	CONSTRAINT fk_watched_quotes_draft_id_watched_drafts FOREIGN KEY(draft_id) REFERENCES watched_drafts (id) ON DELETE CASCADE, 
	CONSTRAINT fk_watched_quotes_reply_id_replies FOREIGN KEY(reply_id) REFERENCES replies (id), 
	CONSTRAINT fk_watched_quotes_revision_id_revisions FOREIGN KEY(revision_id) REFERENCES revisions (id)
);
INSERT INTO "watched_quotes" VALUES(1,1,1,'keyed:37ecc7deb6d9664f4ca9f5b91ae2fccb8bcf807dc4034775dd789968c4594c76',3,3,0,62,'stands',NULL);
CREATE INDEX ix_events_question_id ON events (question_id);
CREATE INDEX ix_source_checks_author_id ON source_checks (author_id);
CREATE INDEX ix_targets_account_id ON targets (account_id);
CREATE INDEX ix_posts_state_due_at ON posts (state, due_at);
CREATE INDEX ix_parts_remote_id ON parts (remote_id);
CREATE INDEX ix_replies_author_id ON replies (author_id);
CREATE INDEX ix_replies_platform_remote_id ON replies (platform, remote_id);
CREATE INDEX ix_replies_post_id ON replies (post_id);
CREATE INDEX ix_outgoings_reply_id ON outgoings (reply_id);
CREATE INDEX ix_credits_given_reply_id ON credits_given (reply_id);
CREATE INDEX ix_chosen_passages_revision_id ON chosen_passages (revision_id);
CREATE INDEX ix_consents_revision_id ON consents (revision_id);
CREATE INDEX ix_verdicts_revision_id ON verdicts (revision_id);
CREATE INDEX ix_acts_workspace_id ON acts (workspace, id);
CREATE INDEX ix_replies_question_id_source_id ON replies (question_id, source_id);
CREATE INDEX ix_fingerprints_revision_id ON fingerprints (revision_id);
CREATE INDEX ix_questions_changed_at ON questions (changed_at, judged_at, judged_by);
CREATE INDEX ix_targets_plan_at ON targets (plan_at);
CREATE INDEX ix_posts_state_collect_until ON posts (state, collect_until);
CREATE INDEX ix_posts_state_counted_at ON posts (state, counted_at);
CREATE INDEX ix_posts_state_closed_at_closes_at ON posts (state, closed_at, closes_at);
CREATE INDEX ix_posts_digested_at ON posts (digested_at, closed_at);
CREATE INDEX ix_outgoings_state_kind ON outgoings (state, kind);
CREATE INDEX ix_counted_replies_question_id_round_outcome ON counted_replies (question_id, round, outcome);
CREATE INDEX ix_counted_replies_question_id_waits_rank ON counted_replies (question_id, waits, rank, reply_id);
CREATE INDEX ix_counted_replies_revision_id ON counted_replies (revision_id);
CREATE INDEX ix_counted_replies_author_id ON counted_replies (author_id);
CREATE TRIGGER revisions_uncounted_insert AFTER INSERT ON revisions BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM replies r WHERE r.id = NEW.reply_id; END;
CREATE TRIGGER revisions_uncounted_update AFTER UPDATE ON revisions WHEN NEW.reply_id IS NOT OLD.reply_id OR NEW.number IS NOT OLD.number OR NEW.text IS NOT OLD.text OR CAST(NEW."foreign" AS TEXT) IS NOT CAST(OLD."foreign" AS TEXT) BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM replies r WHERE r.id = NEW.reply_id; END;
CREATE TRIGGER revisions_uncounted_delete AFTER DELETE ON revisions BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM replies r WHERE r.id = OLD.reply_id; END;
CREATE TRIGGER replies_uncounted_update AFTER UPDATE ON replies WHEN NEW.question_id IS NOT OLD.question_id OR NEW.post_id IS NOT OLD.post_id OR NEW.author_id IS NOT OLD.author_id OR NEW.platform IS NOT OLD.platform OR NEW.remote_id IS NOT OLD.remote_id OR NEW.parent_remote_id IS NOT OLD.parent_remote_id OR NEW.link IS NOT OLD.link OR NEW.origin IS NOT OLD.origin OR NEW.state IS NOT OLD.state OR NEW.posted_at IS NOT OLD.posted_at OR NEW.seen_at IS NOT OLD.seen_at OR NEW.unknown_at IS NOT OLD.unknown_at OR NEW.audience IS NOT OLD.audience BEGIN INSERT INTO uncounted (question_id, author_id) VALUES (NEW.question_id, NEW.author_id); END;
CREATE TRIGGER replies_uncounted_delete AFTER DELETE ON replies BEGIN INSERT INTO uncounted (question_id, author_id) VALUES (OLD.question_id, OLD.author_id); END;
CREATE TRIGGER verdicts_uncounted_insert AFTER INSERT ON verdicts BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM revisions v, replies r WHERE v.id = NEW.revision_id AND r.id = v.reply_id; END;
CREATE TRIGGER verdicts_uncounted_update AFTER UPDATE ON verdicts WHEN NEW.revision_id IS NOT OLD.revision_id OR NEW.value IS NOT OLD.value OR NEW.score IS NOT OLD.score OR NEW.editor IS NOT OLD.editor OR NEW.judged_at IS NOT OLD.judged_at OR NEW.restored_at IS NOT OLD.restored_at OR NEW.quotable IS NOT OLD.quotable BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM revisions v, replies r WHERE v.id = NEW.revision_id AND r.id = v.reply_id; END;
CREATE TRIGGER verdicts_uncounted_delete AFTER DELETE ON verdicts BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM revisions v, replies r WHERE v.id = OLD.revision_id AND r.id = v.reply_id; END;
CREATE TRIGGER consents_uncounted_insert AFTER INSERT ON consents BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM revisions v, replies r WHERE v.id = NEW.revision_id AND r.id = v.reply_id; END;
CREATE TRIGGER consents_uncounted_update AFTER UPDATE ON consents WHEN NEW.revision_id IS NOT OLD.revision_id OR NEW.state IS NOT OLD.state OR NEW.proof IS NOT OLD.proof BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM revisions v, replies r WHERE v.id = NEW.revision_id AND r.id = v.reply_id; END;
CREATE TRIGGER consents_uncounted_delete AFTER DELETE ON consents BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM revisions v, replies r WHERE v.id = OLD.revision_id AND r.id = v.reply_id; END;
CREATE TRIGGER chosen_passages_uncounted_insert AFTER INSERT ON chosen_passages BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM revisions v, replies r WHERE v.id = NEW.revision_id AND r.id = v.reply_id; END;
CREATE TRIGGER chosen_passages_uncounted_update AFTER UPDATE ON chosen_passages WHEN NEW.revision_id IS NOT OLD.revision_id OR NEW.start IS NOT OLD.start OR NEW."end" IS NOT OLD."end" BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM revisions v, replies r WHERE v.id = NEW.revision_id AND r.id = v.reply_id; END;
CREATE TRIGGER chosen_passages_uncounted_delete AFTER DELETE ON chosen_passages BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM revisions v, replies r WHERE v.id = OLD.revision_id AND r.id = v.reply_id; END;
CREATE TRIGGER credits_given_uncounted_insert AFTER INSERT ON credits_given BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM replies o, replies r WHERE o.id = NEW.reply_id AND r.author_id = o.author_id; END;
CREATE TRIGGER credits_given_uncounted_update AFTER UPDATE ON credits_given WHEN NEW.name IS NOT OLD.name BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM replies o, replies r WHERE o.id = NEW.reply_id AND r.author_id = o.author_id; END;
CREATE TRIGGER credits_given_uncounted_delete AFTER DELETE ON credits_given BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM replies o, replies r WHERE o.id = OLD.reply_id AND r.author_id = o.author_id; END;
CREATE TRIGGER authors_uncounted_update AFTER UPDATE ON authors WHEN NEW.handle IS NOT OLD.handle OR NEW.display_name IS NOT OLD.display_name OR CAST(NEW.labels AS TEXT) IS NOT CAST(OLD.labels AS TEXT) OR NEW.opted_out IS NOT OLD.opted_out OR NEW.do_not_quote IS NOT OLD.do_not_quote BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM replies r WHERE r.author_id = NEW.id; END;
CREATE TRIGGER authors_uncounted_delete AFTER DELETE ON authors BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM replies r WHERE r.author_id = OLD.id; END;
CREATE TRIGGER parts_uncounted_insert AFTER INSERT ON parts BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM replies r WHERE r.post_id = NEW.post_id; END;
CREATE TRIGGER parts_uncounted_update AFTER UPDATE ON parts WHEN NEW.position IS NOT OLD.position OR NEW.state IS NOT OLD.state OR NEW.sent_at IS NOT OLD.sent_at OR NEW.has_notice IS NOT OLD.has_notice OR NEW.gone_at IS NOT OLD.gone_at OR CASE WHEN NEW.gone_at IS NOT NULL THEN NEW.stood_at END IS NOT CASE WHEN OLD.gone_at IS NOT NULL THEN OLD.stood_at END BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM replies r WHERE r.post_id = NEW.post_id; END;
CREATE TRIGGER parts_uncounted_delete AFTER DELETE ON parts BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM replies r WHERE r.post_id = OLD.post_id; END;
CREATE TRIGGER posts_uncounted_insert AFTER INSERT ON posts BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM targets t, replies r WHERE t.id = NEW.target_id AND r.question_id = t.question_id AND (r.post_id = NEW.id OR r.post_id IS NULL); END;
CREATE TRIGGER posts_uncounted_update AFTER UPDATE ON posts WHEN NEW.occurrence IS NOT OLD.occurrence OR NEW.due_at IS NOT OLD.due_at OR NEW.adopted IS NOT OLD.adopted BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM targets t, replies r WHERE t.id = NEW.target_id AND r.question_id = t.question_id AND (r.post_id = NEW.id OR r.post_id IS NULL); END;
CREATE TRIGGER posts_uncounted_delete AFTER DELETE ON posts BEGIN INSERT INTO uncounted (question_id, author_id) SELECT DISTINCT r.question_id, r.author_id FROM targets t, replies r WHERE t.id = OLD.target_id AND r.question_id = t.question_id AND (r.post_id = OLD.id OR r.post_id IS NULL); END;
CREATE INDEX ix_watched_drafts_until ON watched_drafts (until);
CREATE INDEX ix_watched_quotes_draft_id ON watched_quotes (draft_id);
CREATE INDEX ix_watched_quotes_reply_id ON watched_quotes (reply_id);
CREATE INDEX ix_read_backs_reply_id ON read_backs (reply_id);
CREATE INDEX ix_counted_replies_question_id_rank ON counted_replies (question_id, rank, reply_id, outcome, barrier, first_hand);
CREATE INDEX ix_counted_replies_question_id_decided ON counted_replies (question_id, decided) WHERE decided IS NOT NULL;
CREATE INDEX ix_replies_seen_at ON replies (seen_at, account_id);
CREATE TRIGGER counted_replies_answers_insert AFTER INSERT ON counted_replies BEGIN INSERT INTO answer_counts (question_id, round, outcome, barred, first_hand, number) SELECT NEW.question_id, NEW.round, NEW.outcome, NEW.barrier <> '', NEW.first_hand, 1 WHERE NEW.outcome IS NOT NULL ON CONFLICT (question_id, round, outcome, barred, first_hand) DO UPDATE SET number = answer_counts.number + excluded.number; END;
CREATE TRIGGER counted_replies_answers_delete AFTER DELETE ON counted_replies BEGIN INSERT INTO answer_counts (question_id, round, outcome, barred, first_hand, number) SELECT OLD.question_id, OLD.round, OLD.outcome, OLD.barrier <> '', OLD.first_hand, -1 WHERE OLD.outcome IS NOT NULL ON CONFLICT (question_id, round, outcome, barred, first_hand) DO UPDATE SET number = answer_counts.number + excluded.number; END;
CREATE TRIGGER counted_replies_answers_update AFTER UPDATE ON counted_replies BEGIN INSERT INTO answer_counts (question_id, round, outcome, barred, first_hand, number) SELECT OLD.question_id, OLD.round, OLD.outcome, OLD.barrier <> '', OLD.first_hand, -1 WHERE OLD.outcome IS NOT NULL ON CONFLICT (question_id, round, outcome, barred, first_hand) DO UPDATE SET number = answer_counts.number + excluded.number; INSERT INTO answer_counts (question_id, round, outcome, barred, first_hand, number) SELECT NEW.question_id, NEW.round, NEW.outcome, NEW.barrier <> '', NEW.first_hand, 1 WHERE NEW.outcome IS NOT NULL ON CONFLICT (question_id, round, outcome, barred, first_hand) DO UPDATE SET number = answer_counts.number + excluded.number; END;
COMMIT;
