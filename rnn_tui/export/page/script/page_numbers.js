// Numbers as they are shown, with the digits of the program, and the sign between shown numbers: = or ≈.
(() => {
  "use strict";
  const page = globalThis.rnnTui;
  const MINUS = "\u2212";

  // What lies exactly half-way is rounded to the even digit, as Python does.
  function fixed(value, digits) {
    const scaled = Math.abs(value) * 10 ** digits;
    const tie = scaled % 1 === 0.5 && (digits === 0 || (value * 2 ** (digits + 1)) % 1 === 0);
    if (!tie) return value.toFixed(digits);
    const below = Math.floor(scaled);
    const even = below % 2 === 0 ? below : below + 1;
    return ((Math.sign(value) * even) / 10 ** digits).toFixed(digits);
  }

  function exponential(value, digits) {
    const [mantissa, exponent] = value.toExponential(digits).split("e");
    return `${mantissa}e${Number(exponent)}`;
  }

  // "+0.90", "−0.70", "0.00"; beyond eight characters "+1.2e9".
  function number(value, digits = 2) {
    if (Number.isNaN(value)) return "?";
    if (!Number.isFinite(value)) return value > 0 ? "+∞" : `${MINUS}∞`;
    const sign = value < 0 || Object.is(value, -0) ? "-" : "+";
    let text = sign + (Math.abs(value) < 1e20 ? fixed(Math.abs(value), digits) : "0".repeat(20));
    if (text.length > 8) text = sign + exponential(Math.abs(value), 1);
    if (!/[1-9]/.test(text)) return text.slice(1);
    return text.replace(/-/g, MINUS);
  }

  const unsigned = (value, digits = 2) => number(value, digits).replace(/^\+/, "");

  function operand(value, digits = 2) {
    const text = unsigned(value, digits);
    return text.startsWith(MINUS) ? `(${text})` : text;
  }

  // A number in a unit of its own, with four digits: "432.1", "−0.0525", "12346".
  function quantity(value) {
    if (!Number.isFinite(value)) return unsigned(value);
    const size = Math.abs(value);
    let text;
    if (size >= 1000 && size < 1e9) text = fixed(value, 0);
    else if (size !== 0 && (size < 1e-4 || size >= 1e9)) {
      const [mantissa, exponent] = value.toExponential(3).split("e");
      text = `${mantissa.replace(/\.?0+$/, "")}e${Number(exponent)}`;
    } else {
      text = Number(value.toPrecision(4)).toString();
    }
    return /[1-9]/.test(text) ? text.replace(/-/g, MINUS) : "0";
  }

  // As a float32 has it, in which the program computes: what is 1 there is 100%.
  function percent(value) {
    const share = Math.fround(value);
    if (!Number.isFinite(share)) return unsigned(share);
    if (share > 0 && share <= 0.005) return "<1%";
    if (share >= 0.995 && share < 1) return ">99%";
    return `${fixed(share * 100, 0)}%`;
  }

  const read = (text) => (text === "?" ? NaN : Number(text.replaceAll(MINUS, "-").replace("∞", "Infinity")));
  const asShown = (value, digits = 2) => read(number(value, digits));
  const quantityAsShown = (value) => read(quantity(value));

  function shareAsShown(share) {
    if (!Number.isFinite(share)) return share;
    const text = percent(share);
    if (text === "<1%") return 0;
    return text === ">99%" ? 1 : Number(text.slice(0, -1)) / 100;
  }

  function lastDigit(text) {
    const [mantissa, exponent] = text.replaceAll(MINUS, "-").split("e");
    return 10 ** (Number(exponent || 0) - (mantissa.split(".")[1] || "").length);
  }

  function closesText(text, fromShown) {
    const shown = read(text);
    if (!Number.isFinite(shown) || !Number.isFinite(fromShown)) {
      const beyond = Math.abs(shown) === Infinity && Math.abs(fromShown) > 3.4e38 && shown > 0 === fromShown > 0;
      return beyond || (Number.isNaN(shown) && Number.isNaN(fromShown));
    }
    return Math.abs(fromShown - shown) <= lastDigit(text) * 0.5 * (1 + 1e-6);
  }

  // "=" where somebody who computes with the shown numbers gets the shown result, else "≈".
  const signOf = (result, fromShown, digits = 2) => (closesText(number(result, digits), fromShown) ? "=" : "≈");
  const signOfQuantity = (result, fromShown) => (closesText(quantity(result), fromShown) ? "=" : "≈");

  // What is left of 100 %, so that the two shares add up as they are shown.
  function restOf(share) {
    const shown = percent(share);
    if (shown.startsWith("<")) return ">99%";
    if (shown.startsWith(">")) return "<1%";
    return Number.isFinite(share) ? `${100 - Math.round(100 * shareAsShown(share))}%` : shown;
  }

  // A text of the network or of the reader with nothing invisible in it, and nothing that controls what stands beside it.
  const printable = (text) => page.printable(String(text));

  function clipped(text, longest) {
    const signs = Array.from(printable(text));
    return signs.length <= longest ? signs.join("") : `${signs.slice(0, longest - 1).join("").trimEnd()}…`;
  }

  page.numbers = {
    MINUS, number, unsigned, operand, quantity, percent, asShown, quantityAsShown, shareAsShown,
    signOf, signOfQuantity, restOf, printable, clipped,
  };
})();
