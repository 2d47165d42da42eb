/** `MALFORMED` not written as the format says · `SIGNATURE` signed by nobody trusted, or changed since · `TOO_LONG` no QR code of version 13 holds it. */
export type ProblemCode = 'MALFORMED' | 'SIGNATURE' | 'TOO_LONG'

/** What goes wrong while signing, presenting or opening the trust bundle. `verify` throws nothing: it answers with a verdict. */
export class PassProblem extends Error {
  override readonly name = 'PassProblem'
  readonly code: ProblemCode

  constructor(code: ProblemCode, message: string) {
    super(message)
    this.code = code
  }
}
