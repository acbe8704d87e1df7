/** Words of the import view. */

/** Words as the beginning of a sentence: “one file left out” is “One file left out”. */
export const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);
