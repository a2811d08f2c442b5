import './platform/no-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { invariant } from '#lib/errors'
import { App } from './App.tsx'
import { findPlatform } from './platform/platform.ts'
import './styles/index.css'

const root = document.getElementById('root')
invariant(root !== null, 'index.html has #root')
createRoot(root).render(
  <StrictMode>
    <App platform={findPlatform()} />
  </StrictMode>,
)
