/** The office face: organisation tree on the left, one page of the selected organisation in the middle, the record beside it. */
import { holds } from '#contract/roles'
import { SessionGate } from '../shared/session.tsx'
// What all pages share stands before what a page has of its own, and paper after both: of equal rules the last holds.
import './console.css'
import './field/field.css'
import './list/list.css'
import './gathering/gathering.css'
import { Frame } from './frame/Frame.tsx'
import { Looks } from './frame/Looks.tsx'
import { Undoing } from './frame/undo.tsx'
import './print.css'

export function Console() {
  return (
    <Looks>
      <SessionGate face="console" prefers={(post) => holds(post.role, 'read:organisation')}>
        <Undoing>
          <Frame />
        </Undoing>
      </SessionGate>
    </Looks>
  )
}
