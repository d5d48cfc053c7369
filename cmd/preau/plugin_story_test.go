package main

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/preau-ent/preau/core/demo"
)

// TestPlugins runs the stories of vendors at work.
func TestPlugins(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/plugin",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PREAU_LANG", "en")
			e.Setenv("PREAU_LISTEN", freeAddress(t))
			return building(e)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"served": served, "codeis": codeIs, "page": page, "says": says,
		},
	})
}

// page signs in to the demonstration and asks for a page until it holds the
// words: page LOGIN PATH WORDS.
func page(ts *testscript.TestScript, _ bool, args []string) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	base := "http://" + ts.Getenv("PREAU_LISTEN")
	jar, err := cookiejar.New(nil)
	ts.Check(err)
	client := &http.Client{Jar: jar}
	var last string
	for {
		last = ask(ctx, client, http.MethodGet, base+args[1], nil)
		if strings.Contains(last, args[2]) {
			return
		}
		if strings.Contains(last, `name="identifiant"`) {
			ask(ctx, client, http.MethodPost, base+"/connexion", url.Values{"identifiant": {args[0]}, "mot-de-passe": {demo.Password}})
		}
		select {
		case <-ctx.Done():
			ts.Fatalf("%s never says %q but %q", args[1], args[2], last)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// ask returns what is answered, "" while nobody answers.
func ask(ctx context.Context, client *http.Client, method, address string, form url.Values) string {
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return ""
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", "http://"+req.Host)
	res, err := client.Do(req)
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return ""
	}
	return string(body)
}

// says waits until a file holds words: says FILE WORDS.
func says(ts *testscript.TestScript, _ bool, args []string) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	for {
		text, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && strings.Contains(string(text), args[1]) {
			return
		}
		select {
		case <-ctx.Done():
			ts.Fatalf("%s never says %q but %q", args[0], args[1], text)
		case <-time.After(50 * time.Millisecond):
		}
	}
}
