package web_test

import (
	"net"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// BenchmarkHome compares the warm home page with a static page of the same size
// served by Fiber: run both and look at the ratio.
func BenchmarkHome(b *testing.B) {
	s := start(b, "banc", "bonjour")
	v := s.expert("ana")
	page := v.get("/").text
	ask := func(b *testing.B, url string) {
		client := &fasthttp.Client{MaxConnsPerHost: 64}
		defer client.CloseIdleConnections()
		b.RunParallel(func(pb *testing.PB) {
			req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
			for pb.Next() {
				req.SetRequestURI(url)
				req.Header.SetCookie("preau", v.cookies["preau"].Value)
				if err := client.Do(req, res); err != nil || res.StatusCode() != 200 || len(res.Body()) < len(page)/2 {
					b.Errorf("%d %v", res.StatusCode(), err)
					return
				}
			}
		})
	}
	static := fiber.New(fiber.Config{DisableStartupMessage: true})
	static.Get("/", func(c *fiber.Ctx) error { return c.SendString(page) })
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go static.Listener(ln)
	defer static.Shutdown()
	b.Run("static", func(b *testing.B) { ask(b, "http://"+ln.Addr().String()+"/") })
	b.Run("home", func(b *testing.B) { ask(b, s.base+"/") })
}
