package reconcile

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
)

type BlobIndex struct {
	client    *azblob.Client
	container string
}

// Missing returns the invoice numbers which have no PDF in the container.
func (b *BlobIndex) Missing(ctx context.Context, day time.Time, wanted []string) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()

	prefix := "invoices/" + day.Format("2006/01/02") + "/"
	present := make(map[string]struct{}, len(wanted))

	pager := b.client.NewListBlobsFlatPager(b.container, &azblob.ListBlobsFlatOptions{
		Prefix:     to.Ptr(prefix),
		MaxResults: to.Ptr(int32(1000)),
	})
	for pager.More() {
		page, err := pager.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", prefix, err)
		}
		for _, item := range page.Segment.BlobItems {
			if item.Name == nil {
				continue
			}
			number := strings.TrimSuffix(strings.TrimPrefix(*item.Name, prefix), ".pdf")
			present[number] = struct{}{}
		}
	}

	var missing []string
	for _, n := range wanted {
		if _, ok := present[n]; !ok {
			missing = append(missing, n)
		}
	}
	return missing, nil
}
