/** A message in a few words. */
import { parse, plain } from "./markdown/blocks.js";

/** The first words of a message, for previews and the screen reader. */
export function summarize(message, length = 140) {
  const parts = [message.content ?? ""];
  const visit = (one) => {
    if (one.type === 10 && one.content) parts.push(one.content);
    for (const child of one.components ?? []) visit(child);
  };
  (message.components ?? []).forEach(visit);
  for (const embed of message.embeds ?? []) parts.push(embed.title ?? "", embed.description ?? "");
  if (message.poll) parts.push(`Poll: ${message.poll.question?.text ?? ""}`);
  if (message.attachments?.length && !parts.join("").trim())
    parts.push(message.attachments.map((one) => one.filename).join(", "));
  const words = plain(parse(parts.filter(Boolean).join("\n").slice(0, 1500)));
  return words.length > length ? `${words.slice(0, length).trimEnd()}…` : words;
}
