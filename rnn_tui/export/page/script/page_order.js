// The order of the walk: one in which every number that is shown has been computed. A position is {t, phase, floor}.
(() => {
  "use strict";
  const page = globalThis.rnnTui;

  const range = (length) => Array.from({ length }, (_, index) => index);

  function passingsOf(floors, length, each) {
    const forward = range(length);
    const twoWay = floors.some((floor) => floor.backward);
    const found = [];
    let together = [];
    for (const floor of floors) {
      if (floor.backward) {
        found.push({ floors: together, words: forward }, { floors: [floor], words: [...forward].reverse() });
        together = [];
      } else if (twoWay && floor.layer === null && !each) {
        break;
      } else {
        together.push(floor);
      }
    }
    if (together.length) found.push({ floors: together, words: forward });
    const above = floors.filter((floor) => floor.layer === null);
    if (twoWay && above.length && !each) found.push({ floors: above, words: forward.slice(-1) });
    return found.filter((passing) => passing.floors.length);
  }

  class Order {
    constructor(floors, length, each) {
      this.floors = floors;
      this.length = length;
      this.passings = passingsOf(floors, length, each).map((passing) => {
        const starts = [0];
        for (const floor of passing.floors) starts.push(starts.at(-1) + floor.phases.length);
        return { ...passing, starts, each: starts.at(-1), size: starts.at(-1) * passing.words.length };
      });
      this.starts = [0];
      for (const passing of this.passings) this.starts.push(this.starts.at(-1) + passing.size);
      this.passingOf = new Map();
      this.passings.forEach((passing, k) => passing.floors.forEach((floor) => this.passingOf.set(floor.index, k)));
    }

    get size() {
      return this.starts.at(-1);
    }

    place(t, k) {
      const { words } = this.passings[k];
      return Math.max(0, words[0] > words.at(-1) ? words[0] - t : t - words[0]);
    }

    has(t, floor) {
      return this.passings[this.passingOf.get(floor)].words.includes(t);
    }

    index(position) {
      const k = this.passingOf.get(position.floor);
      const passing = this.passings[k];
      const at = passing.words.includes(position.t) ? this.place(position.t, k) : 0;
      const n = passing.floors.findIndex((floor) => floor.index === position.floor);
      return this.starts[k] + at * passing.each + passing.starts[n] + position.phase;
    }

    at(index) {
      const place = Math.max(0, Math.min(index, this.size - 1));
      let k = 0;
      while (place >= this.starts[k + 1]) k += 1;
      const passing = this.passings[k];
      const at = Math.floor((place - this.starts[k]) / passing.each);
      const phase = (place - this.starts[k]) % passing.each;
      let n = 0;
      while (phase >= passing.starts[n + 1]) n += 1;
      return { t: passing.words[at], phase: phase - passing.starts[n], floor: passing.floors[n].index };
    }

    moved(position, by) {
      return this.at(this.index(position) + by);
    }

    same(one, other) {
      return one.t === other.t && one.phase === other.phase && one.floor === other.floor;
    }

    wordMoved(position, by) {
      const k = this.passingOf.get(position.floor);
      const { words } = this.passings[k];
      const at = (words.includes(position.t) ? this.place(position.t, k) : 0) + by;
      if (at >= 0 && at < words.length) return { ...position, t: words[at] };
      if (at < 0) {
        const start = this.at(this.starts[k]);
        return this.same(start, position) ? this.at(this.starts[k] - 1) : start;
      }
      const end = this.at(this.starts[k + 1] - 1);
      return this.same(end, position) ? this.at(this.starts[k + 1]) : end;
    }

    atWord(t, position) {
      let floor = position.floor;
      while (!this.has(t, floor)) floor -= 1;
      return { t, phase: floor === position.floor ? position.phase : this.floors[floor].phases.length - 1, floor };
    }

    // The same word on another floor: in the phase of the same name, or the one of that place.
    onFloor(floor, position) {
      const names = this.floors[position.floor].phases.map((phase) => phase.name);
      const there = this.floors[floor].phases.map((phase) => phase.name);
      const last = there.length - 1;
      const near = position.phase === names.length - 1 ? last : Math.min(position.phase, last);
      const found = there.indexOf(names[position.phase]);
      const { words } = this.passings[this.passingOf.get(floor)];
      return { t: words.includes(position.t) ? position.t : words.at(-1), phase: found < 0 ? near : found, floor };
    }

    // How many words of a floor's passing have had a phase when the walk stands at a position.
    count(position, phase, floor) {
      const k = this.passingOf.get(floor);
      const passing = this.passings[k];
      const before = passing.starts[passing.floors.findIndex((one) => one.index === floor)] + phase;
      const words = Math.floor((this.index(position) - this.starts[k] - before) / passing.each) + 1;
      return Math.max(0, Math.min(words, passing.words.length));
    }

    // Whether a phase of a floor has been computed at a word when the walk stands at a position.
    knows(position, t, phase, floor) {
      const k = this.passingOf.get(floor);
      return this.has(t, floor) && this.place(t, k) < this.count(position, phase, floor);
    }

    fitted(position) {
      const floor = Math.max(0, Math.min(position.floor, this.floors.length - 1));
      const { words } = this.passings[this.passingOf.get(floor)];
      const [first, last] = [Math.min(words[0], words.at(-1)), Math.max(words[0], words.at(-1))];
      return {
        t: Math.max(first, Math.min(position.t, last)),
        phase: Math.max(0, Math.min(position.phase, this.floors[floor].phases.length - 1)),
        floor,
      };
    }

    first(floor = 0) {
      return { t: this.passings[this.passingOf.get(floor)].words[0], phase: 0, floor };
    }

    get last() {
      return this.at(this.size - 1);
    }
  }

  page.Order = Order;
})();
