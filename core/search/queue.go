package search

import (
	"sync"

	"github.com/blevesearch/bleve/v2"
)

// bleve analyses documents in goroutines that it starts when the program does.
// They are there only while an index is open.
var queue struct {
	sync.Mutex
	users int
}

// analysts is how many documents are analysed at once.
const analysts = 2

func init() { bleve.Config.Shutdown() }

func takeQueue() {
	queue.Lock()
	defer queue.Unlock()
	if queue.users == 0 {
		bleve.Config.SetAnalysisQueueSize(analysts)
	}
	queue.users++
}

func putQueue() {
	queue.Lock()
	defer queue.Unlock()
	if queue.users--; queue.users == 0 {
		bleve.Config.Shutdown()
	}
}
