package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/brotli"
)

// weight adds up what a pupil's browser fetches for a first guided home page.
func weight(t *table, address, data string) {
	client := signIn(address, data)
	page, n := fetch(client, address+"/")
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	check(err)
	seen := map[string]bool{}
	doc.Find("link[rel=stylesheet],link[rel=icon],link[rel=manifest],script[src],img[src],use").Each(func(_ int, s *goquery.Selection) {
		for _, attr := range []string{"href", "src"} {
			if to, ok := s.Attr(attr); ok && strings.HasPrefix(to, "/") {
				to, _, _ = strings.Cut(to, "#")
				seen[to] = true
			}
		}
	})
	total := n
	for to := range seen {
		_, n := fetch(client, address+to)
		total += n
	}
	t.most("guided home of a pupil, first visit, compressed", float64(total)/1024, " KiB", 45)
	t.most("guided home of a pupil, requests", float64(len(seen)+1), "", 7)
}

func signIn(address, data string) *http.Client {
	text, err := os.ReadFile(filepath.Join(data, "demo-accounts.json"))
	check(err)
	var accounts []struct {
		Login    string `json:"identifiant"`
		Password string `json:"mot_de_passe"`
		Profile  string `json:"profil"`
	}
	check(json.Unmarshal(text, &accounts))
	jar, err := cookiejar.New(nil)
	check(err)
	client := &http.Client{Jar: jar}
	for _, a := range accounts {
		if a.Profile != "eleve" {
			continue
		}
		form := url.Values{"identifiant": {a.Login}, "mot-de-passe": {a.Password}}
		req, err := http.NewRequest(http.MethodPost, address+"/connexion", strings.NewReader(form.Encode()))
		check(err)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Origin", address)
		res, err := client.Do(req)
		check(err)
		res.Body.Close()
		return client
	}
	stop(fmt.Errorf("no pupil among the demonstration's accounts"))
	return nil
}

// fetch returns a body and how many bytes crossed the wire for it.
func fetch(client *http.Client, address string) (body []byte, wire int) {
	req, err := http.NewRequest(http.MethodGet, address, nil)
	check(err)
	req.Header.Set("Accept-Encoding", "br")
	res, err := client.Do(req)
	check(err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	check(err)
	if res.StatusCode != http.StatusOK {
		stop(fmt.Errorf("%s answered %d", address, res.StatusCode))
	}
	if res.Header.Get("Content-Encoding") != "br" {
		return raw, len(raw)
	}
	body, err = io.ReadAll(brotli.NewReader(bytes.NewReader(raw)))
	check(err)
	return body, len(raw)
}
