// Package e2e drives the real product with a real browser: the built binary,
// its module processes, a fresh demonstration school and headless Chromium.
// Pictures of what was seen land in the ignored folder artefacts/.
package e2e
