package e2e

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Browser is one person's browser: its own cookies, one tab.
type Browser struct {
	t      *testing.T
	ctx    context.Context
	still  bool // scripts are off
	mu     sync.Mutex
	faults []string // what the page complained of: CSP reports, script errors
}

// Phone and Desktop are the two widths at which every page is looked at.
const (
	Phone   = 360
	Desktop = 1280
	tablet  = 1024 // at which what must fit beside the menu is looked for
)

// open starts a browser of this width with empty cookies.
func open(t *testing.T, width int64) *Browser {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.UserDataDir(t.TempDir()))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(func() {
		chromedp.Cancel(ctx)
		stop()
	})
	b := &Browser{t: t, ctx: ctx}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium does not start (make setup installs it): %v", err)
	}
	go b.listen(chromedp.Console(ctx))
	b.Width(width)
	return b
}

// listen keeps what the browser's console says against the page.
func (b *Browser) listen(said iter.Seq2[chromedp.ConsoleMessage, error]) {
	for m, err := range said {
		if err != nil {
			return
		}
		if strings.Contains(m.Text, "Content Security Policy") || (m.Type == chromedp.ConsoleException || m.Type == "error") && !strings.Contains(m.Text, "Failed to load resource") {
			b.mu.Lock()
			b.faults = append(b.faults, m.Text)
			b.mu.Unlock()
		}
	}
}

// do runs the actions or fails the test, with a picture of the page as it was.
func (b *Browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.fail("browser: %v", err)
	}
}

// patience is how long one step may take before the journey is given up.
const patience = 20 * time.Second

func (b *Browser) fail(format string, args ...any) {
	b.t.Helper()
	b.Picture("failed-" + strings.ReplaceAll(b.t.Name(), "/", "-"))
	b.t.Fatalf(format+"\nat %s\n%s", append(args, b.Address(), clip(b.Text(), 1500))...)
}

// Width sets the window's width in CSS pixels.
func (b *Browser) Width(px int64) {
	b.call(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: px, Height: 800, DeviceScaleFactor: 1, Mobile: px < 600})
		return err
	})
}

// WithoutJavaScript switches scripts off for the pages that follow.
func (b *Browser) WithoutJavaScript() {
	b.still = true
	b.call(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	})
}

// Dark asks for the dark appearance.
func (b *Browser) Dark() {
	b.call(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}})
		return err
	})
}

func (b *Browser) call(f func(context.Context) error) {
	b.t.Helper()
	if err := f(b.ctx); err != nil {
		b.fail("browser: %v", err)
	}
}

// Go opens a path of the school.
func (b *Browser) Go(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(school.URL+path), chromedp.WaitReady("body"))
}

// SignIn passes the sign-in form.
func (b *Browser) SignIn(a Account) {
	b.t.Helper()
	b.Go("/connexion")
	b.do(chromedp.SendKeys(`[name="identifiant"]`, a.Login), chromedp.SendKeys(`[name="mot-de-passe"]`, a.Password))
	b.Submit(`form[action^="/connexion"]`)
	if p := b.Path(); p != "/" {
		b.t.Fatalf("signing in as %s led to %s\n%s", a.Login, p, clip(b.Text(), 600))
	}
}

// Submit presses the main button of the form and waits for the next page.
func (b *Browser) Submit(form string) { b.t.Helper(); b.Click(form + ` button[type="submit"]`) }

// Click presses the first visible match and waits for the page it leads to.
func (b *Browser) Click(selector string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.ScrollIntoView(selector), chromedp.Click(selector, chromedp.NodeVisible)); err != nil {
		b.fail("click %s: %v", selector, err)
	}
	b.do(chromedp.WaitReady("body"))
}

// ClickText follows the link or presses the button of the page's main part
// that bears these words.
func (b *Browser) ClickText(words string) {
	b.t.Helper()
	b.Click(fmt.Sprintf("//main//*[self::a or self::button][contains(translate(normalize-space(.), '\u00a0\u202f', '  '), %q)]", words))
}

// Fill types into the field of this name, replacing what was there.
func (b *Browser) Fill(name, value string) {
	b.t.Helper()
	got := eval[string](b, fmt.Sprintf(`(() => { const f = document.querySelector('main [name=%s]'); f.value = %s; return f.value })()`, quote(name), quote(value)))
	if got != value {
		b.fail("field %s took %q for %q", name, got, value)
	}
}

// Attach chooses a file for the field of this name.
func (b *Browser) Attach(name string, files ...string) {
	b.t.Helper()
	b.do(chromedp.SetUploadFiles(fmt.Sprintf(`input[type="file"][name=%q]`, name), files))
}

// Check ticks, in the list of boxes of this name, the one whose label begins
// with these words, as a person does: on the label.
func (b *Browser) Check(name, words string) {
	b.t.Helper()
	b.do(chromedp.Click(fmt.Sprintf(`//label[.//input[@name=%q] and starts-with(normalize-space(.), %q)]`, name, words), chromedp.NodeVisible))
}

// Confirm presses the button of the page's main part that bears these words,
// and then the one that confirms.
func (b *Browser) Confirm(words string) {
	b.t.Helper()
	b.do(chromedp.Click(fmt.Sprintf(`//main//summary[contains(normalize-space(.), %q)]`, words), chromedp.NodeVisible))
	b.Click(`//main//details[@open and contains(@class, "confirm")]//button[@type="submit"]`)
}
