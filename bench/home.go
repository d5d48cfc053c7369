package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"github.com/preau-ent/preau/core/home"
)

// homePage compares the warm home page, 8 widgets from 8 processes, with a
// static page of the same size served by Fiber, both over loopback.
func homePage(t *table, r *running, _ string) {
	expert(r)
	page := get(r.url+"/", r.cookie)
	if n := bytes.Count(page, []byte(`data-state="ok"`)); n < 8 {
		stop(fmt.Errorf("home shows %d widgets in order, not 8:\n%s", n, page))
	}
	static := fiber.New(fiber.Config{DisableStartupMessage: true})
	static.Get("/", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		return c.Send(page)
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go static.Listener(l)
	defer static.Shutdown()
	base, got := versus(
		func() float64 { return load("http://"+l.Addr().String()+"/", "") },
		func() float64 { return load(r.url+"/", r.cookie) })
	t.ratio("home, 8 widgets of 8 processes ÷ static Fiber page of "+strconv.Itoa(len(page)/1024)+" KiB", got, base, " /s", 0.60)
}

// load asks for the address over 32 connections and returns answers per second.
func load(url, cookie string) float64 {
	client := &fasthttp.Client{MaxConnsPerHost: conns}
	defer client.CloseIdleConnections()
	return rate(conns, span, func() error {
		req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
		defer fasthttp.ReleaseRequest(req)
		defer fasthttp.ReleaseResponse(res)
		req.SetRequestURI(url)
		req.Header.Set("Cookie", cookie)
		if err := client.Do(req, res); err != nil {
			return err
		}
		if res.StatusCode() != fasthttp.StatusOK {
			return fmt.Errorf("%s answered %d", url, res.StatusCode())
		}
		return nil
	})
}

func get(url, cookie string) []byte {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	req.SetRequestURI(url)
	req.Header.Set("Cookie", cookie)
	check(fasthttp.Do(req, res))
	return bytes.Clone(res.Body())
}

// expert gives the pupil an expert page with the list of each module.
func expert(r *running) {
	check(r.core.Home.SetMode(context.Background(), r.caller, home.ExpertMode))
	for _, m := range r.core.Host.Manifests() {
		if _, has := m.Widget("liste"); has {
			r.place(string(m.ID) + ".liste")
		}
	}
}

// place puts a widget on the pupil's page, unless it came there by itself.
func (r *running) place(widget string) {
	ctx := context.Background()
	page, err := r.core.Home.Compose(ctx, r.caller)
	check(err)
	if slices.ContainsFunc(page.Widgets, func(p home.Placed) bool { return p.Widget == widget }) {
		return
	}
	check(r.core.Home.Arrange(ctx, r.caller, "", func(p *home.Page) error {
		_, err := p.Add(widget, home.Tuning{})
		return err
	}))
}
