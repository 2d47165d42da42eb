import { SessionGate } from '../shared/session.tsx'

export function Console() {
  return <SessionGate face="console">{null}</SessionGate>
}
