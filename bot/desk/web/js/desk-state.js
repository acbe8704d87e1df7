/** What the page knows: the stories, the one that is open, and where one is. Views listen with `on`. */
import { emit, on } from "/kit/js/store.js";
import { get, storyPath } from "./desk-api.js";

export const desk = {
  folder: "",
  stories: [],
  faults: [],
  story: null, // the open story with its chapters and settings
  place: { view: "welcome", slug: null, file: null }, // view: welcome | text | story | calendar | readers | import
};

/** Tells of changes: `stories`, `story`, `place`. */
export { emit, on };

/** Reads the list of stories anew. */
export async function refreshStories() {
  const answer = await get("/api/stories");
  Object.assign(desk, answer);
  emit("stories");
}

/** The chapter that came along with its story, until it is opened. */
let opened = null;

/** Gives what came along of a chapter, once; null if nothing did. */
export function takeOpened(slug, file) {
  const found = opened?.slug === slug && opened.file === file ? opened : null;
  opened = null;
  return found;
}

/** Reads the open story anew; with `opening`, the chapter of that file comes along, or the first one for "". */
export async function refreshStory(opening = null) {
  const { slug } = desk.place;
  if (!slug) {
    desk.story = null;
  } else {
    const story = await get(storyPath(slug, "", opening === null ? null : { open: opening }));
    if (slug !== desk.place.slug) return;
    opened = story.opened && { slug, ...story.opened };
    desk.story = story;
  }
  emit("story");
}

/** The address of a place on the page. */
export function placeHash({ view, slug, file }) {
  const parts = [view, slug, file].filter(Boolean).map(encodeURIComponent);
  return `#/${parts.join("/")}`;
}

/** Where an address leads. */
export function placeOf(hash) {
  const [view, slug = null, file = null] = hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
  // An import belongs to no story; its id stands where a file's name does.
  if (view === "import") return { view, slug: null, file: slug };
  return ["text", "story", "calendar", "readers"].includes(view) ? { view, slug, file } : { view: "welcome", slug: null, file: null };
}

/** Goes to a place. */
export function go(place) {
  const hash = placeHash({ ...desk.place, file: null, ...place });
  if (location.hash !== hash) location.hash = hash;
}

/** The open chapter among those of the story. */
export const openChapter = () => desk.story?.chapters.find((one) => one.file === desk.place.file) ?? null;

/** "one word", "1,234 words". */
export function counted(number, one, many = `${one}s`) {
  return `${number === 1 ? "one" : number.toLocaleString()} ${number === 1 ? one : many}`;
}
