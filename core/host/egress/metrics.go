package egress

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// metrics counts by module, never by host: which sites a school's people read
// is nobody's business.
type metrics struct {
	requests *prometheus.CounterVec
	bytes    *prometheus.CounterVec
}

func newMetrics() *metrics {
	return &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "preau_egress_requests_total",
			Help: "Requests of modules to the outside, by how they ended: ok or the kind of an error."}, []string{"module", "result"}),
		bytes: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "preau_egress_bytes_total",
			Help: "Bytes of answers that modules got from outside."}, []string{"module"}),
	}
}

func (m *metrics) ended(module ids.ModuleID, err error) {
	m.requests.WithLabelValues(string(module), errors.KindOf(err).String()).Inc()
}

// Describe implements prometheus.Collector.
func (b *Broker) Describe(out chan<- *prometheus.Desc) {
	b.metrics.requests.Describe(out)
	b.metrics.bytes.Describe(out)
}

// Collect implements prometheus.Collector.
func (b *Broker) Collect(out chan<- prometheus.Metric) {
	b.metrics.requests.Collect(out)
	b.metrics.bytes.Collect(out)
}

var _ prometheus.Collector = (*Broker)(nil)
