import { SessionGate } from '../shared/session.tsx'

export function Mobile() {
  return <SessionGate face="mobile">{null}</SessionGate>
}
