import { useEffect, useState } from 'react'
import { Redirect, Route, Router, Switch, useLocation, useSearch } from 'wouter'
import { useT } from '../../shared/i18n.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty, TruthLine } from '../../shared/states.tsx'
import { AccountPage } from '../account/AccountPage.tsx'
import { Find } from '../find/Find.tsx'
import { OrganisationTree } from '../tree/OrganisationTree.tsx'
import { pathTo } from './address.ts'
import { Head } from './Head.tsx'
import { useMay } from './may.ts'
import { Selected } from './Selected.tsx'

export function Frame() {
  return (
    <Router base="/console">
      <Inside />
    </Router>
  )
}

function Inside() {
  const t = useT()
  const { post } = useSession()
  const may = useMay()
  const [path] = useLocation()
  const [finding, setFinding] = useState(false)
  const [treeOpen, setTreeOpen] = useState(true)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setFinding(true)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  const reads = post !== null && may('read:organisation')
  const selectedId = /^\/o\/([\w-]+)/.exec(path)?.[1] ?? post?.organisationId ?? ''
  return (
    <div className="frame" data-tree={reads && treeOpen ? 'open' : 'shut'}>
      <a className="skip" href="#main">
        {t('console.skip')}
      </a>
      <Head onFind={() => setFinding(true)} onTree={reads ? () => setTreeOpen(!treeOpen) : undefined} treeOpen={treeOpen} />
      <TruthLine />
      {reads && treeOpen && (
        <nav className="frame-tree" aria-label={t('console.tree.title')}>
          <OrganisationTree key={post.id} rootId={post.organisationId} selectedId={selectedId} />
        </nav>
      )}
      <main id="main" className="frame-main" tabIndex={-1}>
        <Switch>
          {reads && <Route path="/floating/*?">{({ '*': rest }) => <ToFloating organisationId={post.organisationId} rest={rest} />}</Route>}
          <Route path="/me/:section">{({ section }) => <AccountPage section={section} />}</Route>
          {reads && <Route path="/o/:organisationId/*?">{({ organisationId }) => <Selected organisationId={organisationId} />}</Route>}
          <Route>
            {reads ? (
              <Redirect to={pathTo(post.organisationId)} replace />
            ) : (
              <Nothing text={t(post ? 'console.noDomain' : 'console.noPost')} />
            )}
          </Route>
        </Switch>
      </main>
      {finding && <Find organisationId={reads ? selectedId : null} onClose={() => setFinding(false)} />}
    </div>
  )
}

/** What a notification says of floating members is opened at the organisation of the post. */
function ToFloating({ organisationId, rest }: { organisationId: string; rest: string | undefined }) {
  const search = useSearch()
  return <Redirect to={`${pathTo(organisationId, 'floating')}${rest ? `/${rest}` : ''}${search === '' ? '' : `?${search}`}`} replace />
}

/** For somebody whose post reads no records. */
function Nothing({ text }: { text: string }) {
  const t = useT()
  return (
    <>
      <h1 className="unseen">{t('shared.name')}</h1>
      <Empty text={text} />
    </>
  )
}
