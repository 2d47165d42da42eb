/** Single characters and pairs of neighbours: an index on them finds what contains the typed characters, without an extension. */

const plain = (text: string): string => text.toLowerCase().replaceAll(/\s/g, '')

/** Every character and every pair of neighbours of these names, each once. */
export function gramsOf(...names: string[]): string[] {
  const grams = new Set<string>()
  for (const name of names) {
    const characters = Array.from(plain(name))
    characters.forEach((character, i) => {
      grams.add(character)
      const next = characters[i + 1]
      if (next !== undefined) grams.add(character + next)
    })
  }
  return [...grams]
}

/** What a name that contains the typed text must have: the pairs, or the one character. */
export function gramsSought(typed: string): string[] {
  const characters = Array.from(plain(typed))
  return characters.length === 1 ? characters : [...new Set(characters.slice(1).map((character, i) => `${characters[i]}${character}`))]
}
