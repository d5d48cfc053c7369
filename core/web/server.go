package web

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Times and sizes of a connection.
const (
	headerTime   = 20 * time.Second // to send the head of a request
	bodyTime     = 30 * time.Minute // to send a large body
	idleTime     = 90 * time.Second // between two requests
	headerSize   = 16 << 10         // bytes of a request's head
	smallBody    = 64 << 10         // bytes of a form without files
	defaultLimit = 4 << 20          // bytes of a body a module did not declare
)

func newFiber(a *App) *fiber.App {
	app := fiber.New(fiber.Config{
		AppName:                      "preau",
		DisableStartupMessage:        true,
		DisablePreParseMultipartForm: true,
		CaseSensitive:                true,
		StrictRouting:                true,
		Immutable:                    true,
		StreamRequestBody:            true,
		ReadBufferSize:               headerSize,
		ReadTimeout:                  headerTime,
		IdleTimeout:                  idleTime,
		ErrorHandler:                 a.fiberFailed,
	})
	server := app.Server()
	server.NoDefaultServerHeader = true
	server.KeepHijackedConns = true // whoever takes a connection closes it
	server.HeaderReceived = func(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
		if h.ContentLength() > smallBody || h.ContentLength() == -1 {
			return fasthttp.RequestConfig{ReadTimeout: bodyTime}
		}
		return fasthttp.RequestConfig{}
	}
	inner := server.Handler
	server.Handler = func(ctx *fasthttp.RequestCtx) {
		inner(ctx)
		a.linger(ctx)
	}
	return app
}
