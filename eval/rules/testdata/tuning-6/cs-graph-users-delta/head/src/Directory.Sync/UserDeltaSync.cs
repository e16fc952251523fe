using Microsoft.Extensions.Logging;
using Microsoft.Graph;
using Microsoft.Graph.Users.Delta;

namespace Directory.Sync;

/// <summary>Run by Quartz with DisallowConcurrentExecution; GraphServiceClient brings time limit and retry.</summary>
public sealed class UserDeltaSync(GraphServiceClient graph, IUserStore store, ILogger<UserDeltaSync> logger)
{
    private static readonly string[] Fields = ["id", "displayName", "mail", "accountEnabled"];

    public async Task RunAsync(CancellationToken ct)
    {
        var deltaLink = await store.LoadDeltaLinkAsync(ct);
        var page = deltaLink is null
            ? await graph.Users.Delta.GetAsDeltaGetResponseAsync(r => r.QueryParameters.Select = Fields, ct)
            : await new DeltaRequestBuilder(deltaLink, graph.RequestAdapter).GetAsDeltaGetResponseAsync(cancellationToken: ct);

        var written = 0;
        while (page is not null)
        {
            var users = page.Value ?? [];
            await store.UpsertAsync(users, ct);
            written += users.Count;

            if (page.OdataNextLink is null)
            {
                var next = page.OdataDeltaLink ?? throw new InvalidOperationException("last page without delta link");
                await store.SaveDeltaLinkAsync(next, ct);
                break;
            }
            page = await new DeltaRequestBuilder(page.OdataNextLink, graph.RequestAdapter)
                .GetAsDeltaGetResponseAsync(cancellationToken: ct);
        }
        logger.LogInformation("{Count} changed users written", written);
    }
}
