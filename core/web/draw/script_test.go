package draw

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// posts keeps what the arranging page told the server.
type posts struct {
	mu  sync.Mutex
	all []string
}

func (p *posts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all = append(p.all, r.FormValue("geste")+" "+r.FormValue("instance")+" "+r.FormValue("valeur"))
	w.WriteHeader(http.StatusNoContent)
}

func (p *posts) last() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.all) == 0 {
		return ""
	}
	return p.all[len(p.all)-1]
}

const order = `[...document.querySelectorAll('.grid > .widget')].map(w => w.dataset.instance).join(' ')`

// TestGridMovesByEveryMeans arranges the home page by keyboard, by button and
// by pointer.
func TestGridMovesByEveryMeans(t *testing.T) {
	var told posts
	pages := sampleServer(t)
	mux := http.NewServeMux()
	mux.Handle("POST /accueil/disposition", &told)
	mux.Handle("/", pages.Config.Handler)
	server := httptest.NewServer(mux)
	defer server.Close()
	tab := newTab(t)
	tab.size(t, 1280)
	tab.open(t, server.URL+"/edit")

	grip := func(instance string) string { return fmt.Sprintf(`[data-instance=%q] [data-grip]`, instance) }
	said := func(want string) {
		t.Helper()
		waitFor(t, tab, fmt.Sprintf(`document.getElementById('annonce').textContent.replaceAll('\u00a0', ' ') === %q`, want))
	}
	press := func(key string) {
		t.Helper()
		if err := chromedp.Do(tab.ctx, chromedp.KeyEvent(key, chromedp.KeyModifiers(1))); err != nil { // 1 is Alt
			t.Fatal(err)
		}
	}
	if err := chromedp.Do(tab.ctx, chromedp.Focus(grip("devoirs-a-rendre"))); err != nil {
		t.Fatal(err)
	}
	undo := `!document.getElementById('geste-annuler').closest('form').hidden`
	if eval[bool](t, tab, undo) {
		t.Error("there is something to undo before the first move")
	}
	press(kb.ArrowLeft)
	said("À rendre : place 2 sur 11")
	waitFor(t, tab, undo)
	if got := told.last(); got != "place devoirs-a-rendre 1" {
		t.Errorf("told %q", got)
	}
	eval[int](t, tab, `(document.getElementById('annonce').textContent = '', 0)`)
	press(kb.ArrowUp) // the first one is fixed: nothing happens, and that is said
	said("À rendre : place 2 sur 11")
	press(kb.ArrowRight)
	said("À rendre : place 3 sur 11")
	press(kb.ArrowDown)
	said("À rendre : place 4 sur 11")
	if !eval[bool](t, tab, `document.activeElement.matches('[data-instance=devoirs-a-rendre] [data-grip]')`) {
		t.Error("the grip lost its focus")
	}
	if err := chromedp.Do(tab.ctx, chromedp.Click(`[data-instance="devoirs-semaine"] [data-move="1"]`)); err != nil {
		t.Fatal(err)
	}
	said("Ma semaine : place 4 sur 11")

	eval[int](t, tab, `(() => {
		const grip = document.querySelector('[data-instance=devoirs-taux] [data-grip]');
		const to = document.querySelector('[data-instance=agenda-aujourdhui]');
		to.scrollIntoView();
		const at = to.getBoundingClientRect(), p = {bubbles: true, pointerId: 1, button: 0, clientX: at.x + 30, clientY: at.y + 30};
		grip.setPointerCapture = () => {};
		grip.dispatchEvent(new PointerEvent('pointerdown', p));
		grip.dispatchEvent(new PointerEvent('pointermove', p));
		grip.dispatchEvent(new PointerEvent('lostpointercapture', p));
		return 0 })()`)
	said("Taux de rendu : place 2 sur 11")
	if got := told.last(); got != "place devoirs-taux 1" {
		t.Errorf("told %q", got)
	}
	if got := eval[string](t, tab, order); got != "info-banniere devoirs-taux agenda-aujourdhui devoirs-a-rendre devoirs-semaine raccourcis-liens cantine-menu actus-une notes-moyenne corriger-copies devoirs-graphe" {
		t.Errorf("order: %s", got)
	}
}

// TestArrangingTellsWhatFails: a move that the server refuses is said and shown.
func TestArrangingTellsWhatFails(t *testing.T) {
	tab := newTab(t)
	tab.open(t, sampleServer(t).URL+"/edit") // takes no POST
	if err := chromedp.Do(tab.ctx, chromedp.Click(`[data-instance="devoirs-semaine"] [data-move="1"]`)); err != nil {
		t.Fatal(err)
	}
	waitFor(t, tab, `['annonce', 'aide-disposition'].every(id => document.getElementById(id).textContent.startsWith('Le déplacement n’a pas pu'))`)
}

// TestArrangingIsTakenUpAtTheWidget: the page after a form begins where the
// form was, and says what it did.
func TestArrangingIsTakenUpAtTheWidget(t *testing.T) {
	tab := newTab(t)
	tab.open(t, sampleServer(t).URL+"/edit?dit=Plac%C3%A9#w-devoirs-taux")
	waitFor(t, tab, `document.activeElement.dataset.instance === 'devoirs-taux'`)
	waitFor(t, tab, `document.getElementById('annonce').textContent === 'Placé'`)
}

// TestEveryGestureIsReachedByTab walks the arranging page with the Tab key: each
// button and link of it is passed, in the order of the page, and has a name that
// no other button for something else has.
func TestEveryGestureIsReachedByTab(t *testing.T) {
	tab := newTab(t)
	tab.size(t, 1280)
	tab.open(t, sampleServer(t).URL+"/edit")
	const all = `[...document.querySelectorAll('.home-head a, .home-head button, .arranging button, .catalogue button')].filter(e => e.offsetParent)`
	const name = `(e => e.textContent.trim().replace(/\s+/g, ' '))`
	count := int(eval[int64](t, tab, all+`.length`))
	if count < 60 {
		t.Fatalf("only %d gestures on the page", count)
	}
	if twice := eval[string](t, tab, `(n => n.filter((x, i) => !x || n.indexOf(x) !== i).join())(`+all+`.map(`+name+`))`); twice != "" {
		t.Errorf("without a name of their own: %s", twice)
	}
	at := 0
	for range 4 * count {
		if err := chromedp.Do(tab.ctx, chromedp.KeyEvent(kb.Tab)); err != nil {
			t.Fatal(err)
		}
		if eval[bool](t, tab, fmt.Sprintf(`document.activeElement === %s[%d]`, all, at)) {
			if at++; at == count {
				return
			}
		}
	}
	t.Errorf("Tab never came to %s", eval[string](t, tab, fmt.Sprintf(`%s[%d].outerHTML`, all, at)))
}

// TestPickerIsFiltered types part of a name without its accent.
func TestPickerIsFiltered(t *testing.T) {
	tab := newTab(t)
	tab.open(t, sampleServer(t).URL+"/form")
	if err := chromedp.Do(tab.ctx, chromedp.SendKeys(`[data-filter]`, "elise")); err != nil {
		t.Fatal(err)
	}
	waitFor(t, tab, `[...document.querySelectorAll('[data-picker] .option:not([hidden])')].map(o => o.querySelector('input').value).join() === 'Élise Noël'`)
	waitFor(t, tab, `document.querySelector('[data-found]').textContent === '1 trouvé(s)'`)
}

// TestLateWidgetArrives lets the script fetch what was not there in time.
func TestLateWidgetArrives(t *testing.T) {
	tab := newTab(t)
	tab.open(t, sampleServer(t).URL+"/home")
	waitFor(t, tab, `document.querySelector('[data-instance=actus-une]').dataset.state === 'ok'`)
}

// waitFor asks the page until the condition holds, for ten seconds at most.
func waitFor(t *testing.T, tab *tab, condition string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(30 * time.Millisecond) {
		if eval[bool](t, tab, condition) {
			return
		}
	}
	t.Fatalf("never: %s\norder %s\nsaid %s", condition, eval[string](t, tab, order), eval[string](t, tab, `document.getElementById('annonce').textContent`))
}
