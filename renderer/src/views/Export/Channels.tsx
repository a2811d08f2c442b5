import type { ReactNode } from 'react'
import { chooseChannel, type Preview, useExports } from '../../state/exports.ts'
import { count, counted, words } from '../../ui/format.ts'
import { channelOf } from '../words.ts'
import { ChannelSample } from './ChannelSample.tsx'

/** The lists, one per channel, with a look into the chosen one; below them the ledgers and what is left out. */
export function Channels(): ReactNode {
  const preview = useExports(state => state.preview)
  const channel = useExports(state => state.channel)
  if (preview === null) return null
  const chosen = preview.channels.find(known => known.channel === channel) ?? null
  return (
    <div className="channels">
      <div className="channels__side">
        <section aria-labelledby="lists-title">
          <h2 id="lists-title" className="section-title">
            Lists
          </h2>
          <ul>
            {preview.channels.map(known => (
              <ChannelLine key={known.channel} known={known} isChosen={known.channel === channel} />
            ))}
          </ul>
        </section>
        <Suppressed preview={preview} />
        <OtherFiles preview={preview} />
      </div>
      {chosen !== null && <ChannelSample key={chosen.channel} chosen={chosen} />}
    </div>
  )
}

type LineProps = Readonly<{ known: Preview['channels'][number]; isChosen: boolean }>

function ChannelLine({ known, isChosen }: LineProps): ReactNode {
  const { label, icon: Icon, color } = channelOf(known.channel)
  return (
    <li>
      <button
        type="button"
        className={isChosen ? 'plain channel-line is-selected' : 'plain channel-line'}
        aria-pressed={isChosen}
        onClick={() => chooseChannel(known.channel)}
      >
        <Icon size={14} strokeWidth={1.75} color={color} aria-hidden />
        <span className="clip">{label}</span>
        <span className={known.rows === 0 ? 'number muted' : 'number'}>{count(known.rows)}</span>
      </button>
    </li>
  )
}

function Suppressed({ preview }: Readonly<{ preview: Preview }>): ReactNode {
  if (preview.suppressed.length === 0) return null
  return (
    <section aria-labelledby="suppressed-title">
      <h2 id="suppressed-title" className="section-title">
        Left out of lists
      </h2>
      <dl className="plain-figures">
        {preview.suppressed.map(({ reason, count: figure }) => (
          <div key={reason}>
            <dt>{words(reason)}</dt>
            <dd className="number">{count(figure)}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">The score stays; only the channel is stopped.</p>
    </section>
  )
}

function OtherFiles({ preview }: Readonly<{ preview: Preview }>): ReactNode {
  return (
    <section aria-labelledby="files-title">
      <h2 id="files-title" className="section-title">
        All {counted(preview.files.length, 'file')}
      </h2>
      <dl className="plain-figures">
        {preview.files.map(file => (
          <div key={file.name}>
            <dt>
              <code>{file.name}</code>
            </dt>
            <dd className="number muted">{count(file.rows)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
