/** The emoji one can pick, by name. */
const GROUPS = {
  "For reading":
    "◀️ back,▶️ forward,⏮️ first,⏭️ last,⭐ star,🔖 bookmark,📖 open book,📚 books,✍️ writing hand,🖋️ fountain pen,📜 scroll,🕯️ candle,🏮 lantern,💡 idea bulb,✅ check mark,❌ cross mark,❓ question,❗ exclamation",
  Faces:
    "😀 grin,😄 smile,😁 beam,😅 sweat smile,😂 joy tears,🤣 rolling laugh,🙂 slight smile,🙃 upside down,😉 wink,😊 blush,😇 halo,🥰 hearts face,😍 heart eyes,🤩 star struck,😘 kiss,😋 yum,😜 tongue wink,🤔 thinking,🤨 raised brow,😐 neutral,😏 smirk,🙄 eye roll,😬 grimace,😌 relieved,😴 sleep,🤗 hug,🤭 hand over mouth,🤫 hush,😎 cool,🤓 nerd,🥳 party face,😕 confused,😟 worried,😮 open mouth,😲 astonished,😳 flushed,🥺 pleading,😢 cry,😭 sob,😱 scream,😤 huff,😡 angry,🤯 mind blown,😨 fearful,👻 ghost,💀 skull,🤖 robot",
  Hands:
    "👍 thumbs up,👎 thumbs down,👏 clap,🙌 raised hands,🙏 thanks pray,👋 wave,🤝 handshake,✌️ victory,🤞 crossed fingers,👌 ok,💪 strong,👀 eyes,🫡 salute,👇 down,👆 up",
  Hearts:
    "❤️ red heart,🧡 orange heart,💛 yellow heart,💚 green heart,💙 blue heart,💜 purple heart,🖤 black heart,💔 broken heart,💖 sparkling heart,✨ sparkles,🔥 fire,🎉 party,🎊 confetti,💯 hundred,💥 boom,🌟 glowing star",
  World:
    "🌙 moon,☀️ sun,⛅ cloud,🌧️ rain,❄️ snow,🌈 rainbow,🌊 wave sea,🌹 rose,🌸 blossom,🍀 clover,🌲 tree,🐈 cat,🐕 dog,🦊 fox,🦉 owl,🐦 bird,🐉 dragon,🦋 butterfly,🐟 fish,☕ coffee,🍵 tea,🍰 cake,🥧 pie,🍎 apple,🍞 bread,🏠 house,⚓ anchor,⛵ boat,🚲 bicycle,🎁 gift,🎲 dice,🎭 masks,🎵 music,🗝️ key,🔔 bell,⏰ clock,📌 pin,🧭 compass,🗺️ map,⚔️ swords,🛡️ shield,👑 crown,💎 gem",
};

/** `[{emoji, name, group}]` */
export const EMOJI = Object.entries(GROUPS).flatMap(([group, list]) =>
  list.split(",").map((entry) => {
    const cut = entry.indexOf(" ");
    return { emoji: entry.slice(0, cut), name: entry.slice(cut + 1), group };
  }),
);

const FULL =
  /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3)[\p{Emoji_Modifier}\ufe0f\u200d\p{Extended_Pictographic}]*$/u;

/** Whether a text is one emoji, so that one that is not in the list can be pasted. */
export const isEmoji = (words) => FULL.test(words.trim());
