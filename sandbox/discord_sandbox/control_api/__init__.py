"""Control API of the sandbox, through which its page and tests of whole processes act as people.

Same origin as the page, loopback only, JSON in and out; a foreign `Host` or `Origin` gets 403. Ids are strings.
A person is named by `as`, their user id: in the query of a GET and of the socket, in the body of a POST. All data is
as that person sees it. A refusal has a status of 4xx and `{"error", "code", "fields"?}`: a sentence for people,
Discord's code or 0, and the faults of single fields. The page's policy (`http_app.POLICY`) allows no inline script and
no inline style. Users, channels, roles, messages, embeds, components, polls and emoji are Discord's own JSON (API v10)
with the extra keys named here.

Forms
-----
User         Discord's + avatar_url (`/sandbox/avatars/<id>.svg`)
Person       User + accepts_dms, locale, note: the part they play ("admin, owner of Lantern House", "")
Channel      Discord's + my_permissions (text), can {send, react, threads, attach, manage, manage_messages, commands},
             unread, mentions, last_read_id (null: nothing yet), nsfw (a thread's is its channel's), gated (for adults,
             and not yet confirmed), bot_can_see. Types: 0 text, 1 DM, 4 category, 5 announcement, 10-12 thread,
             15 forum
Message      Discord's + guild_id, ephemeral, pings_me, color (author's, "#rrggbb" or null), interaction_id.
             `me` and `me_burst` of reactions and `me_voted` of polls are about the viewer. Flags: 1 published,
             4 embeds hidden, 32 has `thread`, 64 private, 128 "thinking", 32768 Components V2. Files are under
             /attachments/; those that embeds or components show are in `attachments` as well
Guild        id, name, owner_id, bot_member, unavailable, roles [Role], members [{user, nick, roles, color}],
             channels and threads [Channel] (seen by the viewer, threads not archived), my_permissions
Snapshot     now, me Person, people [Person], bot (User + online, status, activity), guilds [Guild], dms [Channel],
             commands (as registered), locales {locale: its name}, faults [Fault],
             interactions (mine without an outcome, or with an open form),
             offline, limits (both true or false), actions [{name, label, confirm?: a question to ask first}],
             epoch (another one: the world began anew, forget everything), trace_next
Interaction  id, kind (command|component|form|autocomplete), as, channel_id, message_id (the one pressed), custom_id,
             command, state, error, private, answer_id, form. States: waiting (three seconds at most), thinking,
             done, form (a form is open), failed (error: "The application did not respond")
Form         as the bot sent it: custom_id, title, components: 18 label {label, description, component}, 1 row with a
             text input, 10 text. Inputs: 4 text, 3 and 5-8 selects, 19 files, 21 radio, 22 checkboxes, 23 checkbox
File         {filename, content_type, data, description?} with the data in base64
Fault        id, kind, label, used and what it was given
Record       n, at, kind and by kind: request (method, path, route, status, ms, code, error, request, response, limit
             {bucket, limit, remaining, reset_after}, scope, fault, dropped), event (direction, op, event, session, seq,
             size), gateway (session, text), schema (method, path, problem: what Discord's specification forbids)

Looking: GET /sandbox/...
-------------------------
people                                     {people (with unread_dms: how many messages wait for them), bot}
state?as                                   Snapshot
channels/{id}/messages?as&limit&before|after|around   {messages (oldest first), more (older ones exist)}
channels/{id}/messages/{id}?as             Message
channels/{id}/messages/{id}/reactions/{emoji}?as      {users}
channels/{id}/pins?as                      {messages}
channels/{id}/threads?as&archived=1        {threads: Channel + last_message, starter}, newest activity first
commands?as&channel                        {commands: id, name (full path, "author decide"), description, options, type}
    with names as `shown`, and descriptions and choices, in the language of `as`
permissions?channel&of                     {permissions, names} of the bot or of `of`
trace?after&limit                          {records, next}
faults, limits, actions                    {active, kinds}, {on}, {actions}
upcoming                                   {upcoming: [{story, chapter, title, at}], note: a sentence or ""}

Doing: POST /sandbox/..., all with `as`
---------------------------------------
say {channel, content, reply_to?, attachments? [File]}, edit {channel, message, content}         Message
delete, pin, unpin {channel, message}; read, gate, typing {channel}; dms {accept}                 {}
language {locale}                                                                                 {}
react {channel, message, emoji, burst?}; unreact {channel, message, emoji, user?}                 {}
clear {channel, message, emoji?}                                                                  {}
vote {channel, message, answers [ids]}: for these and no others                                   {}
dm {with}; thread {channel, name, message?, content?, tags?}: a forum's post in a forum           Channel
invoke {channel, command, options {name: value}, target?, wait?}                                  Interaction
press {channel, message, custom_id, wait?}; choose: the same with values                          Interaction
submit {interaction, values {custom_id: text, list, truth or [File]}, wait?}                      Interaction, new
autocomplete {channel, command, options, focused}: three seconds at most                          {choices, error?}
close-form {interaction}; dismiss {message}                                                       {}
Without `wait` (seconds, 20 at most) an Interaction comes at once; with it when it has an outcome, or time is up.

For the operator: POST unless said
----------------------------------
faults {kind, method?, route?, channel?, guild?, count?, chance?, code?, status?, scope?, retry_after?, seconds?}  Fault
    (kinds in `faults.KINDS`; `route` is matched with fnmatch); DELETE faults/{id}, DELETE faults    {active}
gateway {do: disconnect (code?) | reconnect | invalidate (resumable?) | silence (seconds)}          {sessions}
offline {seconds?} or {on: false}                                                                    {offline}
limits {on}                                                                                          {on}
guilds/{id}/kick {user?}, guilds/{id}/invite {permissions?, user?}, guilds/{id}/outage {on}          {}
guilds/{id}/timeout {user?, seconds}: leaves a member seeing and reading; without seconds it ends     {until}
guilds/{id}/language {locale}: the guild's preferred one                                              {}
permissions {channel | guild, permission, state: allow|deny|inherit, of?}                            {}
    in a channel an overwrite of the bot, or of a role or member; in a guild a bit of the bot's own role, or of a role
channels {guild, name, type, parent?, nsfw?, topic?, tags?, private?}, DELETE channels/{id}          Channel, {}
channels/{id} {name?, topic?, nsfw?, slowmode?, archived?, locked?}                                  Channel
actions/{name}                                                                                       {text}

Live: WebSocket /sandbox/live?as&trace=1, frames {type, data} to the page only
------------------------------------------------------------------------------
state Snapshot (first, and after what changes much: a kick, roles), message, message_edit (whole; for reactions, votes
and pins too), message_delete {channel_id, id}, channel (new or changed), channel_delete {id, guild_id, parent_id},
typing {channel_id, user_id}, interaction, commands {} (ask again), bot {online, status, activity}, faults [Fault],
trace [Record] (with trace=1, four times a second).
"""
