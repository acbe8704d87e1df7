/** The troubles that can be made for the bot, in plain words. */
import { post } from "./api.js";

const MESSAGES = { method: "POST", route: "/channels/{channel}/messages" };
const EDITS = { method: "PATCH", route: "/channels/{channel}/messages/{message}" };

/** Troubles with the bot's requests. `body` goes to the driver. */
export const FAULTS = [
  [
    "Refuse its next message",
    "It is told that it may not write there.",
    { kind: "refuse", ...MESSAGES, code: 50013, count: 1 },
  ],
  [
    "Refuse every message in this channel",
    "Until you switch it off below.",
    { kind: "refuse", ...MESSAGES, code: 50013, count: null },
    true,
  ],
  [
    "Fail its next three requests",
    "Each gets a server error (500).",
    { kind: "error", method: "*", route: "*", status: 500, count: 3 },
  ],
  [
    "Lose the answer to its next message",
    "The message is there, but the bot does not learn of it.",
    { kind: "drop_after", ...MESSAGES, count: 1 },
  ],
  [
    "Lose the answer to its next edit",
    "The page turns, and the bot does not learn of it.",
    { kind: "drop_after", ...EDITS, count: 1 },
  ],
  [
    "Slow down: too many requests",
    "Its next request is limited for three seconds (429).",
    { kind: "limit", method: "*", route: "*", scope: "user", retry_after: 3, count: 1 },
  ],
  [
    "Answer slowly",
    "Each of its next ten requests takes two seconds.",
    { kind: "delay", method: "*", route: "*", seconds: 2, count: 10 },
  ],
];

export const LINE = [
  [
    "Cut its line",
    "It should come back and miss nothing.",
    () => post("/sandbox/gateway", { do: "disconnect", code: 4000 }),
  ],
  [
    "Ask it to reconnect",
    "As Discord does on its own now and then.",
    () => post("/sandbox/gateway", { do: "reconnect" }),
  ],
  [
    "Forget its session",
    "It has to begin anew.",
    () => post("/sandbox/gateway", { do: "invalidate", resumable: false }),
  ],
  [
    "Go offline for 15 seconds",
    "Discord cannot be reached at all.",
    () => post("/sandbox/offline", { seconds: 15 }),
  ],
];

export const PERMISSIONS = [
  ["SEND_MESSAGES", "Write messages"],
  ["VIEW_CHANNEL", "See the channel"],
  ["ADD_REACTIONS", "Add reactions"],
  ["MANAGE_MESSAGES", "Take reactions back"],
  ["READ_MESSAGE_HISTORY", "Read what was said"],
  ["EMBED_LINKS", "Show embeds"],
  ["ATTACH_FILES", "Attach pictures"],
  ["CREATE_PUBLIC_THREADS", "Start threads"],
  ["SEND_MESSAGES_IN_THREADS", "Write in threads"],
];
