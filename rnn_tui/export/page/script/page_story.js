// The sentences that explain a moment: one or two, true to the digits that are shown.
(() => {
  "use strict";
  const page = globalThis.rnnTui;
  const { asShown, shareAsShown, percent, unsigned, restOf, clipped, quantity } = page.numbers;
  const { signed, result, strong, capital, quoted, surface } = page.telling;
  const OPEN = 0.6;
  const SHUT = 0.4;

  function outline(m) {
    const { name, second } = m.structure.story;
    const [verb, ...rest] = second.split(" ");
    return [
      `${name} reads one ${m.kind} at a time and does three things: `, strong("1 multiply"), " it by weights, ",
      strong(`2 ${verb}`), ` ${rest.join(" ")}, `, strong("3 check"), " the outputs.",
    ];
  }

  function unknown(m) {
    const stands = m.vocabularyWord;
    return [m.word, ` is unknown to this model, it reads ${stands === null ? "nothing (zeros)" : clipped(stands, 16)}.`];
  }

  function numberIn(m) {
    const { mean: [mean], scale: [scale] } = m.structure.numbers;
    const x = m.trace.x[m.t][0];
    if (mean === 0 && scale === 1) return ["The network reads it as it is: ", signed(x), "."];
    const value = x * scale + mean;
    const shown = asShown(scale) ? (asShown(value) - asShown(mean)) / asShown(scale) : x;
    const learned = "the numbers it learned from";
    const less = mean < 0 ? `plus ${unsigned(-mean)} (the mean of ${learned} is below 0)` : `less ${unsigned(mean)} (the mean of ${learned})`;
    return [`The network reads ${unsigned(value)} ${less}, divided by ${unsigned(scale)} (their spread): `, result(x, shown), "."];
  }

  function numbersIn(m) {
    const { features, names, named, mean, scale } = m.structure.numbers;
    const x = m.trace.x[m.t];
    const alike = new Set(scale.map((one, k) => `${mean[k]},${one}`)).size === 1;
    let how = "each less its mean and divided by its spread";
    if (alike && mean[0] === 0) how = scale[0] === 1 ? "as they are" : `each divided by ${quantity(scale[0])}`;
    if (features <= 4) {
      const each = names.flatMap((name, k) => [k ? ", " : "", named ? `${clipped(name, 16)} ` : "", signed(x[k])]);
      return [`The network reads ${features} numbers, ${how}: `, ...each, "."];
    }
    let most = 0;
    x.forEach((one, k) => { if (Math.abs(one) > Math.abs(x[most])) most = k; });
    return [`The network reads ${features} numbers, ${how}. Furthest from 0 is ${named ? "" : "number "}${clipped(names[most], 16)}, `, signed(x[most]), "."];
  }

  function input(m) {
    if (m.structure.numbers) return m.structure.numbers.features === 1 ? numberIn(m) : numbersIn(m);
    const size = m.floor.input_size;
    if (m.token.id === null) return ["Its input is all zeros."];
    if (m.structure.embedding === "one-hot") {
      return [m.token.unknown ? m.picked : m.word, ` is at place ${m.token.id + 1} of the ${size} in the network's list of ${m.kind}s: a 1 there, a 0 everywhere else.`];
    }
    return [m.token.unknown ? m.picked : m.word, size > 1 ? ` has ${size} numbers of its own, the same wherever it stands.` : " has a number of its own, the same wherever it stands."];
  }

  const BACK = { attention: "to look back at", mean: "for the average", max: "of which each unit keeps its largest" };

  // What the network still has of the words before.
  function left(m) {
    const { size, states } = m.floor;
    const here = m.structure.floors.length > 1 ? "here " : "";
    const units = size > 1 ? "each hidden unit" : "its one hidden unit";
    const begins = [`All that is left ${here}of `, m.before];
    const others = states.slice(1).map((one) => `the ${one.title.replace(/ state$/, "").toLowerCase()} (${size})`);
    if (m.poolsHere) {
      const also = others.map((one) => `, and ${one}`).join("");
      return [...begins, ` is the memory after each ${m.kind}, ${BACK[m.structure.readout]}: ${size > 1 ? `${size} numbers` : "one number"} each${also}.`];
    }
    if (!others.length) return [...begins, ` is the memory: ${size > 1 ? `${size} numbers, one for ${units}` : `the number of ${units}`}.`];
    const also = others.map((one) => ` and ${one}`).join("");
    return [...begins, ` is the memory (${size} number${size > 1 ? "s" : ""})${also}: two numbers for ${units}.`];
  }

  function read(m) {
    if (!m.readsWords) return takenUp(m);
    if (m.first && !m.backward) {
      const said = m.token.unknown ? unknown(m) : m.structure.story.building ? [m.structure.story.building] : input(m);
      return [outline(m), said];
    }
    const title = [strong("Read "), m.word, strong("."), " "];
    if (m.first) {
      const waits = m.structure.answers_each ? "" : "; the answer waits until both have read";
      return [[...title, ...(m.token.unknown ? unknown(m) : input(m))], [`The second lane reads from the last ${m.kind} to the first, with weights of its own${waits}.`]];
    }
    if (m.token.unknown) return [[...title, ...unknown(m)], input(m)];
    if (m.read === 2) return [[...title, ...input(m)], ["The same steps and the same weights as for ", m.backward ? m.before : `the ${m.kind} before`, "."]];
    return [[...title, ...input(m)], came(m) || left(m)];
  }

  // What the network expected here after the word before, where it answers with what comes next.
  function came(m) {
    const { trueNext, ranking } = page.answers;
    const next = m.structure.two_way ? null : trueNext(m.structure, m.trace, m.t - 1);
    const answer = next === null ? null : m.seen.answer(m.t - 1);
    if (!answer) return null;
    return ["After ", quoted([surface(m.tokens[m.t - 1])]), ` it expected ${ranking(m.structure, answer)}. Then ${quantity(next)} came.`];
  }

  function takenUp(m) {
    const size = m.floor.input_size;
    const below = m.structure.floors.filter((floor) => floor.layer === m.floor.layer - 1);
    const lanes = m.floor.lanes ? `, ${m.floor.lanes} of each lane` : below.length > 1 ? ", both lanes added up" : "";
    const first = [strong("Take up."), ` What layer ${m.floor.layer} handed up at `, m.word, `: ${size > 1 ? `${size} numbers` : "one number"}${lanes}.`];
    if (!m.first) return [first, left(m)];
    const own = `Layer ${m.floor.layer + 1} does the same with weights of its own`;
    const reads = `: this lane reads from the ${m.backward ? "last" : "first"} ${m.kind} to the ${m.backward ? "first" : "last"}.`;
    return [first, [own + (m.floor.both ? reads : "; it remembers nothing yet.")]];
  }

  function why(m) {
    const biased = m.biased;
    const size = m.floor.input_size;
    if (m.readsWords && !m.structure.numbers) {
      if (m.token.id === null) return [`Its input is all zeros, so ${biased ? "only the bias is left" : "nothing comes of it"}.`];
      if (m.structure.embedding === "one-hot") return ["Its 1 picks the weight of ", m.picked, ` and no other${biased ? "; a bias is added" : ""}.`];
    }
    const one = m.readsWords && m.structure.numbers && size === 1 ? "The" : "Its";
    if (size === 1) return [`${one} one number is multiplied by one weight${biased ? ", and a bias is added" : ""}.`];
    return [`Its ${size} numbers, each times its own weight, are added up${biased ? " with a bias" : ""}.`];
  }

  function strongest(m) {
    if (m.floor.size === 1) return [];
    const ih = m.seen.array("ih", m.t);
    let [up, down] = [0, 0];
    ih.forEach((one, unit) => {
      if (one > ih[up]) up = unit;
      if (one < ih[down]) down = unit;
    });
    const name = (unit) => ` (${clipped(m.floor.units[unit], 16)})`;
    const pushes = [];
    if (asShown(ih[up]) > 0) pushes.push("up is ", signed(ih[up]), name(up));
    if (asShown(ih[down]) < 0) pushes.push(pushes.length ? ", down " : "down is ", signed(ih[down]), name(down));
    return pushes.length ? [m.silent ? " The strongest push of the bias " : " Its strongest push ", ...pushes, "."] : [" It moves no unit at all."];
  }

  function multiply(m) {
    if (m.floor.gates.length) {
      const each = m.floor.gates.flatMap((gate, k) => [k ? ", " : " ", `${gate.name} `, signed(m.value("ih", gate.letter))]);
      return [[strong("1 Multiply by the weights."), " ", m.Source, ` brings ${m.name}${m.silent ? " nothing but biases" : ""}:`, ...each, "."], why(m)];
    }
    const title = strong(`1 Multiply the ${m.kind} by the weights.`);
    const first = [title, " ", m.Source, ` brings ${m.name} ${m.silent ? "nothing but a bias, " : ""}`, signed(m.value("ih")), "."];
    return [first, [...why(m), ...strongest(m)]];
  }

  function together(m) {
    const memory = m.starts ? 0 : asShown(m.memory());
    const bias = asShown(m.bias());
    const adds = bias ? [`; ${m.silent ? "another" : "the"} bias adds `, signed(m.bias())] : [];
    return [...adds, "; together ", result(m.value("pre_activation"), m.shown("ih") + memory + bias), "."];
  }

  function add(m) {
    const title = strong("2 Add what it remembers.");
    if (m.starts) {
      const mixes = [`From the second ${m.kind} on, this step mixes what is new with what was before.`];
      if (!asShown(m.bias()) && m.shown("pre_activation") === m.shown("ih")) {
        const just = [" Nothing yet, so ", m.name, m.silent ? " has just the bias, " : " has just the ", signed(m.value("ih"))];
        return [[title, ...just, ...(m.silent ? ["."] : [" that ", m.source, " brings."])], mixes];
      }
      return [[title, " Nothing yet; ", m.source, m.brings, signed(m.value("ih")), ...together(m)], mixes];
    }
    const gives = m.copies
      ? [` ${m.Name} had `, signed(m.memory()), " from ", m.before]
      : [" The memory of ", m.before, ` gives ${m.name} `, signed(m.memory())];
    return [[title, ...gives, "; ", m.source, m.brings, signed(m.value("ih")), ...together(m)], pull(m)];
  }

  function pull(m) {
    const [brings, memory] = [m.shown("ih"), asShown(m.memory())];
    const biased = Boolean(asShown(m.bias()));
    if (!Number.isFinite(brings) || !Number.isFinite(memory)) return ["The numbers grew too large to be added up."];
    if (!brings && !memory) return [`Nothing old and nothing new: ${m.name} ${biased ? "has its bias alone" : "stays silent"}.`];
    if (!brings) return [m.Source, ` brings ${m.name} nothing: it lives on ${biased ? "its memory and its bias" : "its memory alone"}.`];
    if (!memory && m.silent) return [`The memory gives ${m.name} nothing: all of it comes from the bias${biased ? "es" : ""}.`];
    if (!memory) return [`The memory gives ${m.name} nothing: all of it comes from `, m.source, biased ? " and the bias." : "."];
    if (brings > 0 === memory > 0) return sameWay(m, brings > 0);
    if (Math.abs(brings) === Math.abs(memory)) return ["Old and new pull against each other, one as strong as the other."];
    const stronger = Math.abs(brings) > Math.abs(memory) ? (m.silent ? "the bias" : m.source) : "the memory";
    return ["Old and new pull against each other, and ", stronger, " is stronger."];
  }

  const COUNTED = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

  // Old and new pull the same way; and the unit goes further that way, where it does.
  function sameWay(m, up) {
    const [h, before] = [m.shown("h"), m.shown("h_prev")];
    const further = up ? h > Math.max(before, 0) : h < Math.min(before, 0);
    const ending = further ? (up ? ": it is filling up." : ": it sinks deeper.") : ".";
    const bias = m.seen.lane.biasIh.values[m.unit];
    let times = 0;
    for (let t = m.backward ? m.t : 0; t < (m.backward ? m.trace.length : m.t + 1); t += 1) {
      const push = m.seen.at(t, m.unit, "ih");
      if (push !== bias && (up ? asShown(push) > 0 : asShown(push) < 0)) times += 1;
    }
    if (times < 2) return [`Old and new both pull ${m.name} ${up ? "up" : "down"}${ending}`];
    const counted = (count) => COUNTED[count] || String(count);
    return [`${capital(counted(times))} of ${counted(m.read)} ${m.kind}s so far pushed ${m.name} ${up ? "up" : "down"}${ending}`];
  }

  function went(m, h) {
    if (m.starts) return [];
    const before = m.shown("h_prev");
    if (before === h) return [` ${m.Name} is where it was.`];
    const verb = before * h >= 0 && Math.abs(h) < Math.abs(before) ? "fades" : "goes";
    return [` ${m.Name} ${verb} from `, signed(m.value("h_prev")), " to ", signed(m.value("h")), "."];
  }

  function squash(m) {
    const [total, h] = [m.shown("pre_activation"), m.shown("h")];
    if (m.floor.activation === "relu") {
      const title = strong("Cut off below 0.");
      if (total < 0) return [[title, " ", signed(m.value("pre_activation")), ` is below 0, so ${m.name} becomes `, signed(m.value("h")), "."], ["A unit that is cut off says nothing, and remembers nothing."]];
      return [[title, ` ${m.Name} is not below 0, so it stays `, signed(m.value("h")), "."], becomes(m)];
    }
    if (m.floor.activation === "identity") {
      return [[strong("Leave it as it is."), " The sum ", signed(m.value("pre_activation")), ` is what ${m.name} now remembers.`], ["Without squashing, nothing holds the numbers back: they can grow and grow."]];
    }
    const title = strong("Squash into −1 … 1.");
    if (!total) return [[title, ` ${m.Name} stays at `, signed(m.value("h")), h ? "." : ": zero stays zero."], becomes(m)];
    const first = [title, " ", signed(m.value("pre_activation")), " becomes ", result(m.value("h"), Math.tanh(total)), `, which is what ${m.name} now remembers.`];
    if (Math.abs(h) > 0.9) {
      const rest = 1 - Math.abs(h);
      const at = asShown(rest) ? `Only ${unsigned(rest)} is left to the edge` : "It is at the edge";
      return [first, [`${at}: another push ${h > 0 ? "up" : "down"} would hardly move ${m.name}.`]];
    }
    const taken = Math.abs(total) - Math.abs(h);
    const said = asShown(taken) <= 0.01 ? "So small a number passes almost unchanged." : `The squashing took ${unsigned(taken)} away.`;
    return [first, [said, ...went(m, h)]];
  }

  const GOES = { attention: "the look back will find", mean: "goes into the average", max: "is compared with those before" };

  // Who finds the memory that was made.
  function becomes(m) {
    if (m.handsUp) return handed(m);
    if (!m.last) return [`This is the memory that the next ${m.kind} will find.`];
    if (m.looksBack && !(m.structure.readout === "max" && m.t === 0)) return [`This is the memory that ${GOES[m.structure.readout]}.`];
    if (m.headPhase) return [`This is the memory that goes on to ${m.headCalled}.`];
    return ["This is the memory that the output nodes read."];
  }

  function handed(m) {
    const { layer } = m.floor;
    const top = m.structure.floors.every((floor) => floor.layer === null || floor.layer <= layer);
    let taker = top ? "both lanes meet" : `layer ${layer + 2} takes it up`;
    if (top && !m.floor.both) taker = `it goes on to ${m.headCalled}`;
    if (m.last) return [`This lane has read every ${m.kind}: ${taker}.`];
    const finds = m.backward ? quoted([surface(m.tokens[m.t - 1])]) : `the next ${m.kind}`;
    return ["This is the memory that ", finds, ` will find${top ? "" : `; ${taker}, too`}.`];
  }

  const share = (m, name) => percent(m.value(name));

  function gates(m) {
    const title = strong("2 Open or close the gates.");
    if (m.floor.cell === "lstm") {
      const first = [title, ` ${m.Name}: keep gate ${share(m, "f")} open, write gate ${share(m, "i")}, show gate ${share(m, "o")}; the new value is `, signed(m.value("g")), "."];
      return [first, ["Keep holds the old, write lets in the new, and show lets out the result."]];
    }
    const [r, z] = [share(m, "r"), m.value("z")];
    const first = [title, ` ${m.Name}: reset gate ${r} open, keep gate ${percent(z)} open.`];
    if (m.starts) return [first, [`There is nothing to keep yet; ${restOf(z)} of the new value will be taken.`]];
    return [first, [`Reset lets ${r} of the memory into the new value; keep holds ${percent(z)} of the old value, so ${restOf(z)} will be new.`]];
  }

  function candidate(m) {
    const r = m.value("r");
    const held = (m.starts ? 0 : asShown(m.memory("n"))) + asShown(m.bias("n"));
    const lets = r * m.value("hh", "n");
    const total = m.value("ih", "n") + lets;
    const n = m.value("n");
    const letsIn = `reset lets in ${percent(r)} of `;
    const bias = asShown(m.bias("n")) ? ["the bias ", signed(m.bias("n"))] : [];
    let holds = ["; nothing is remembered, which adds "];
    if (!m.starts) holds = [`; ${letsIn}the memory `, signed(m.memory("n")), ...(bias.length ? [" and ", ...bias] : []), ", which is "];
    else if (bias.length) holds = [`; nothing is remembered; ${letsIn}`, ...bias, ", which is "];
    const first = [
      strong("Propose a new value."), " ", m.Source, m.brings, signed(m.value("ih", "n")), ...holds, result(lets, shareAsShown(r) * held),
      "; together ", result(total, m.shown("ih", "n") + asShown(lets)), ", squashed ", result(n, Math.tanh(asShown(total))), ".",
    ];
    return [first, [`It is only a proposal: the keep gate decides how much of it ${m.name} takes.`]];
  }

  function blend(m) {
    const z = m.value("z");
    const kept = shareAsShown(z);
    const first = [
      strong("Blend old and new."), ` ${restOf(z)} of the new `, signed(m.value("n")), ` and ${percent(z)} of the old `, signed(m.value("h_prev")), ` make ${m.name} `,
      result(m.value("h"), (1 - kept) * m.shown("n") + kept * m.shown("h_prev")), ".",
    ];
    if (m.starts) return [first, ["The old is still 0.00, for there was nothing before."]];
    if (!m.shown("h_prev")) return [first, ["The old was 0.00, so the keep gate has nothing to hold."]];
    if (kept > OPEN) return [first, ["Mostly old: a keep gate that stays open is how a GRU remembers for long."]];
    return [first, [kept < SHUT ? `Mostly new: ${m.name} lets go of most of what it was.` : "Old and new count about the same."]];
  }

  function write(m) {
    const [i, f, old] = [m.value("i"), m.value("f"), m.value("c_prev")];
    const made = shareAsShown(f) * asShown(old) + shareAsShown(i) * m.shown("g");
    const first = [strong("Keep and write."), ` It keeps ${percent(f)} of the old cell `, signed(old), ` and writes ${percent(i)} of the new `, signed(m.value("g")), ": the cell is now ", result(m.value("c"), made), "."];
    if (m.starts) return [first, ["The old cell is still 0.00, for there was nothing before."]];
    if (!asShown(old)) return [first, ["The old cell was 0.00, so there was nothing in it to keep or to lose."]];
    if (shareAsShown(f) > OPEN) return [first, ["Most of the old stays: the cell is where an LSTM remembers for long."]];
    if (shareAsShown(f) < SHUT) return [first, [`Most of the old goes${shareAsShown(i) > OPEN ? ", to make room for the new" : ""}.`]];
    return [first, ["About half of the old stays."]];
  }

  function expose(m) {
    const [o, c, h] = [m.value("o"), m.value("c"), m.value("h")];
    const squashed = Math.tanh(c);
    const first = [
      strong("Show a part of it."), " Squashed, the cell ", signed(c), " becomes ", result(squashed, Math.tanh(asShown(c))),
      `; the show gate lets out ${percent(o)}: ${m.name} is `, result(h, shareAsShown(o) * asShown(squashed)), ".",
    ];
    if (shareAsShown(o) < SHUT && asShown(c)) return [first, ["Most of it stays inside: it can remember without saying so yet."]];
    return [first, ["Only what is let out can be read; the cell itself stays inside."]];
  }

  page.stories = {
    read, multiply, add, squash, gates, candidate, blend, write, expose,
  };
})();
