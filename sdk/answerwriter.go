package sdk

import (
	"bufio"
	"io"
	"net"
	"net/http"
)

// answerWriter is net/http's writer that knows whether the answer has begun and
// whether it is a stream. It hides none of what handlers look for.
type answerWriter struct {
	http.ResponseWriter
	begun   bool
	streams func() // called once, when the answer turns out to be a stream
}

// Unwrap serves http.ResponseController.
func (w *answerWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (w *answerWriter) WriteHeader(status int) {
	w.begun = w.begun || status >= 200
	w.ResponseWriter.WriteHeader(status)
}

// Write implements io.Writer.
func (w *answerWriter) Write(p []byte) (int, error) {
	w.begun = true
	return w.ResponseWriter.Write(p)
}

// ReadFrom lets io.Copy send files without copying them through this process.
func (w *answerWriter) ReadFrom(r io.Reader) (int64, error) {
	w.begun = true
	return io.Copy(w.ResponseWriter, r)
}

// Flush implements http.Flusher: who flushes, streams.
func (w *answerWriter) Flush() { _ = w.FlushError() }

// FlushError serves http.ResponseController.
func (w *answerWriter) FlushError() error {
	w.begun = true
	w.stream()
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Hijack implements http.Hijacker, for WebSockets.
func (w *answerWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	w.begun = true
	w.stream()
	return http.NewResponseController(w.ResponseWriter).Hijack()
}

func (w *answerWriter) stream() {
	if w.streams != nil {
		w.streams()
		w.streams = nil
	}
}
