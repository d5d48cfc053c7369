package e2e

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Budgets of a page, in requests and in bytes as they cross the wire.
const (
	firstBytes, firstRequests = 45 << 10, 7
	againBytes, againRequests = 10 << 10, 2
	scriptBytes               = 20 << 10
	expertBytes               = 30 << 10 // of scripts, while an expert arranges
	styleBytes                = 10 << 10
	fragmentBytes             = 5 << 10
)

func sum(weight map[string]int, suffix string) (total int) {
	for path, n := range weight {
		if strings.HasSuffix(path, suffix) {
			total += n
		}
	}
	return total
}

// TestWeight visits the guided home page of each profile for the first time, and
// again, with a real browser that keeps and listens as people's do.
func TestWeight(t *testing.T) {
	scale, _ := onAScale(t)
	for _, profile := range []string{"eleve", "parent", "enseignant", "direction"} {
		t.Run(profile, func(t *testing.T) { weigh(t, scale, profile) })
	}
}

// warm asks for home until every widget is there: what is late at the first
// breakfast of all comes by itself afterwards, and is weighed as a fragment.
func warm(t *testing.T, program *client) {
	t.Helper()
	for range 100 {
		page, status, err := program.get("/")
		if err != nil || status != http.StatusOK {
			t.Fatal(status, err)
		}
		if !strings.Contains(page, "data-late") {
			return
		}
	}
	t.Fatal("a widget of home is always late")
}

func weigh(t *testing.T, scale *scale, profile string) {
	b := open(t, Phone)
	program := signedIn(t, school, school.Account(t, profile, "Collège"))
	b.call(func(ctx context.Context) error {
		at, _ := url.Parse(school.URL)
		for _, c := range program.Jar.Cookies(at) {
			if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: school.URL}); err != nil {
				return err
			}
		}
		return nil
	})
	warm(t, program)
	visit := func() (map[string]int, int) {
		scale.read()
		b.Go("/")
		b.keeps("/")
		b.until(`navigator.serviceWorker.ready.then(r => r.active?.state === 'activated')`)
		b.until(`caches.open('preau-fichiers').then(c => c.keys()).then(k => k.length >= 3)`)
		return scale.read()
	}
	weight, asked := visit()
	if total := sum(weight, ""); total > firstBytes || asked > firstRequests {
		t.Errorf("first visit: %d bytes in %d requests: %v", total, asked, weight)
	}
	if n := sum(weight, ".js"); n == 0 || n > scriptBytes {
		t.Errorf("scripts: %d bytes", n)
	}
	if n := sum(weight, ".css"); n == 0 || n > styleBytes {
		t.Errorf("styles: %d bytes", n)
	}
	for path := range weight {
		if path != "/" && path != "/direct" && !strings.HasPrefix(path, "/assets/") {
			t.Errorf("a module, or something else, adds %s", path)
		}
	}
	t.Logf("%s: first visit %d bytes in %d requests: %v", profile, sum(weight, ""), asked, weight)
	weight, asked = visit()
	if total := sum(weight, ""); total > againBytes || asked > againRequests {
		t.Errorf("again: %d bytes in %d requests: %v", total, asked, weight)
	}
	t.Logf("%s: again %d bytes in %d requests", profile, sum(weight, ""), asked)
	for _, instance := range b.placed() {
		scale.read()
		b.until(`fetch('/accueil/widget/` + instance + `', {headers: {'Preau-Fragment': '1'}}).then(r => r.text()).then(s => s.length > 0)`)
		if weight, _ := scale.read(); weight["/accueil/widget/"+instance] > fragmentBytes {
			t.Errorf("the fragment %s weighs %d bytes", instance, weight["/accueil/widget/"+instance])
		}
	}
	if profile == "enseignant" {
		if status, err := program.post("/accueil/mode", url.Values{"mode": {"expert"}}); err != nil || status != http.StatusSeeOther {
			t.Fatalf("expert: %d %v", status, err)
		}
		b.call(func(ctx context.Context) error {
			_, err := chromedp.Call(ctx, network.ClearBrowserCache, cdp.Empty{})
			return err
		})
		scale.read()
		b.Go("/?organiser=1")
		if weight, _ := scale.read(); sum(weight, ".js") > expertBytes {
			t.Errorf("an expert's scripts: %v", weight)
		}
	}
}
