using Microsoft.Extensions.Logging;
using Microsoft.Graph;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.CalendarView.Delta;
using Rooms.Domain;

namespace Rooms.Sync;

public sealed class CalendarDelta(GraphServiceClient graph, IRoomEvents events, IDeltaLinks links, ILogger<CalendarDelta> logger)
{
    public async Task RunAsync(string room, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        try
        {
            await ReadAsync(room, await links.GetAsync(room, ct), from, to, ct);
        }
        catch (ODataError e) when (e.ResponseStatusCode == 410)
        {
            logger.LogWarning("Delta link of {Room} expired, reading the whole window", room);
            await events.MarkWindowStaleAsync(room, ct);
            await ReadAsync(room, null, from, to, ct);
            await events.RemoveStaleAsync(room, ct);
        }
    }

    private async Task ReadAsync(string room, string? link, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var builder = graph.Users[room].CalendarView.Delta;
        var page = link is null
            ? await builder.GetAsDeltaGetResponseAsync(
                r =>
                {
                    r.QueryParameters.StartDateTime = from.UtcDateTime.ToString("O");
                    r.QueryParameters.EndDateTime = to.UtcDateTime.ToString("O");
                },
                ct)
            : await new DeltaRequestBuilder(link, graph.RequestAdapter).GetAsDeltaGetResponseAsync(cancellationToken: ct);

        while (page is not null)
        {
            foreach (var item in page.Value ?? [])
            {
                await events.UpsertAsync(room, item, ct);
            }

            if (page.OdataNextLink is null)
            {
                await links.SetAsync(room, page.OdataDeltaLink!, ct);
                return;
            }
            page = await new DeltaRequestBuilder(page.OdataNextLink, graph.RequestAdapter)
                .GetAsDeltaGetResponseAsync(cancellationToken: ct);
        }
    }
}
