// The sentences that explain a moment: one or two, true to the digits that are shown.
(() => {
  "use strict";
  const page = (globalThis.rnnTui = globalThis.rnnTui || {});
  const { asShown, shareAsShown, percent, unsigned, restOf, clipped, quantity } = page.numbers;
  const { signed, result, strong } = page.telling;
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
    return [m.word, ` isn't a ${m.kind} that the network knows: `, m.token.id === null ? "its input is all zeros." : "it reads the one that stands for all unknown ones."];
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
      return [m.token.unknown ? "The one for unknown ones" : m.word, ` is at place ${m.token.id + 1} of the ${size} in the network's list of ${m.kind}s: a 1 there, a 0 everywhere else.`];
    }
    return [m.token.unknown ? "The one for unknown ones" : m.word, size > 1 ? ` has ${size} numbers of its own, the same wherever it stands.` : " has a number of its own, the same wherever it stands."];
  }

  function left(m) {
    const { size, states } = m.floor;
    const here = m.structure.floors.length > 1 ? "here " : "";
    const numbers = size > 1 ? `${size} numbers` : "one number";
    const also = states.slice(1).map((one) => ` and the ${one.title.replace(/ state$/, "").toLowerCase()} (${size})`).join("");
    if (m.looksBack) return [`All that is left ${here}of `, m.before, ` is the memory after each ${m.kind}: ${numbers} each${also}.`];
    return also ? [`All that is left ${here}of `, m.before, ` is the memory (${size})${also}.`] : [`All that is left ${here}of `, m.before, ` is the memory: ${numbers}, one for each hidden unit.`];
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
    if (m.token.unknown) return [[...title, ...unknown(m)], left(m)];
    return [[...title, ...input(m)], left(m)];
  }

  function takenUp(m) {
    const size = m.floor.input_size;
    const first = [strong("Take up."), ` What layer ${m.floor.layer} handed up at `, m.word, `: ${size > 1 ? `${size} numbers` : "one number"}.`];
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
      if (m.structure.embedding === "one-hot") return ["Its 1 picks the weight of ", m.token.unknown ? "the one for unknown ones" : m.word, ` and no other${biased ? "; a bias is added" : ""}.`];
    }
    if (size === 1) return [`Its one number is multiplied by one weight${biased ? ", and a bias is added" : ""}.`];
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
      return [[title, " Nothing yet; ", m.source, m.brings, signed(m.value("ih")), ...together(m)], mixes];
    }
    const gives = [" The memory of ", m.before, ` gives ${m.name} `, signed(m.memory())];
    return [[title, ...gives, "; ", m.source, m.brings, signed(m.value("ih")), ...together(m)], pull(m)];
  }

  function pull(m) {
    const [brings, memory] = [m.shown("ih"), asShown(m.memory())];
    const biased = Boolean(asShown(m.bias()));
    if (!brings && !memory) return [`Nothing old and nothing new: ${m.name} ${biased ? "has its bias alone" : "stays silent"}.`];
    if (!brings) return [m.Source, ` brings ${m.name} nothing: it lives on its memory${biased ? " and its bias" : " alone"}.`];
    if (!memory) return [`The memory gives ${m.name} nothing: all of it comes from `, m.silent ? "the bias" : m.source, biased && !m.silent ? " and the bias." : "."];
    if (brings > 0 === memory > 0) return [`Old and new both pull ${m.name} ${brings > 0 ? "up" : "down"}.`];
    if (Math.abs(brings) === Math.abs(memory)) return ["Old and new pull against each other, one as strong as the other."];
    const stronger = Math.abs(brings) > Math.abs(memory) ? (m.silent ? "the bias" : m.source) : "the memory";
    return ["Old and new pull against each other, and ", stronger, " is stronger."];
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

  function becomes(m) {
    if (m.last) return [m.floor.answers && !m.looksBack ? "This is the memory that the output nodes read." : `This ${m.floor.both ? "lane" : "layer"} has now read every ${m.kind}.`];
    return [`This is the memory that the next ${m.kind} will find.`];
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
    const first = [
      strong("Propose a new value."), " ", m.Source, m.brings, signed(m.value("ih", "n")), `; reset lets in ${percent(r)} of `,
      m.starts ? "" : "the memory ", ...(m.starts ? [] : [signed(m.memory("n"))]), ...(asShown(m.bias("n")) || m.starts ? [m.starts ? "the bias " : " and the bias ", signed(m.bias("n"))] : []),
      ", which is ", result(lets, shareAsShown(r) * held),
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
