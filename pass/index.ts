/**
 * The pass's door: the electronic activity pass (流动党员电子活动证) as bytes. No input or output, no clock: the same code signs on the server,
 * presents on the phone and verifies in a browser without a network. The format, for strangers: docs/pass/README.md.
 */
export { fromBase45, toBase45 } from './base45.ts'
export { fromBase64url, toBase64url } from './base64url.ts'
export { passText, type QrLevel, qrLevel } from './code.ts'
export { type IssuerEntry, type IssuersContent, signIssuers } from './issuers.ts'
export { kidOf } from './keys.ts'
export { contentOf, maskName, type PassContent, signPass } from './pass.ts'
export { PassProblem, type ProblemCode } from './problem.ts'
export { present, proofSeconds } from './proof.ts'
export type { Signer } from './sign1.ts'
export { mostStatuses, signStatuses, signStatusesTwin, status, type StatusesContent } from './statuses.ts'
export { type KnownList, openTrust, packTrust, type RootKey, Trust, type TrustContent } from './trust.ts'
export { presentTwin, signTwin, type TwinRequest, vct } from './twin.ts'
export { documentClockSeconds, phoneClockSeconds, type Verdict, type VerifiedPass, verify } from './verify.ts'
export { ageInWords, type Outcome, outcomes, type Sentence } from './words.ts'
