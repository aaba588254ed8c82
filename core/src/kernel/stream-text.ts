/** Text of one stream as a terminal would show it: `\r` goes back to the line's start, `\b` erases a character. */
export class StreamText {
  #lines = "";
  /** The unfinished line: characters once a control character has moved the cursor in it, else plain text. */
  #line: string | string[] = "";
  #cursor = 0;

  add(text: string): void {
    if (typeof this.#line === "string" && !hasControl(text)) {
      const end = text.lastIndexOf("\n") + 1;
      if (end === 0) this.#line += text;
      else {
        this.#lines += this.#line + text.slice(0, end);
        this.#line = text.slice(end);
      }
      return;
    }
    for (const character of text) this.#put(character);
  }

  get text(): string {
    return this.#lines + this.#lineText();
  }

  #put(character: string): void {
    if (character === "\n") {
      this.#lines += `${this.#lineText()}\n`;
      this.#line = "";
      this.#cursor = 0;
      return;
    }
    if (typeof this.#line === "string") {
      this.#line = [...this.#line];
      this.#cursor = this.#line.length;
    }
    if (character === "\r") this.#cursor = 0;
    else if (character === "\b") {
      if (this.#cursor > 0) {
        this.#cursor -= 1;
        if (this.#cursor === this.#line.length - 1) this.#line.pop();
        else this.#line[this.#cursor] = " ";
      }
    } else this.#line[this.#cursor++] = character;
  }

  #lineText(): string {
    return typeof this.#line === "string" ? this.#line : this.#line.join("");
  }
}

function hasControl(text: string): boolean {
  return text.includes("\r") || text.includes("\b");
}
