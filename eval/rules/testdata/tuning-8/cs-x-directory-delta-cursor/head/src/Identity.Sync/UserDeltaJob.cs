using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Users.Delta;

namespace Identity.Sync;

public sealed class UserDeltaJob
{
    private const string Stream = "graph.users";

    private readonly GraphServiceClient _graph;
    private readonly ICursorStore _cursors;
    private readonly IUserDirectory _directory;

    public UserDeltaJob(GraphServiceClient graph, ICursorStore cursors, IUserDirectory directory)
    {
        _graph = graph;
        _cursors = cursors;
        _directory = directory;
    }

    public async Task RunAsync(CancellationToken ct)
    {
        var cursor = await _cursors.GetAsync(Stream, ct);
        var page = cursor is null
            ? await _graph.Users.Delta.GetAsDeltaGetResponseAsync(r => r.QueryParameters.Select = ["id", "displayName", "accountEnabled", "department"], ct)
            : await _graph.Users.Delta.WithUrl(cursor).GetAsDeltaGetResponseAsync(cancellationToken: ct);

        var changes = new List<User>();
        while (page is not null)
        {
            changes.AddRange(page.Value ?? []);
            if (page.OdataNextLink is null)
            {
                break;
            }
            page = await _graph.Users.Delta.WithUrl(page.OdataNextLink).GetAsDeltaGetResponseAsync(cancellationToken: ct);
        }

        if (page?.OdataDeltaLink is { } deltaLink)
        {
            await _cursors.SetAsync(Stream, deltaLink, ct);
        }
        foreach (var user in changes)
        {
            await _directory.ApplyAsync(user, ct);
        }
    }
}
