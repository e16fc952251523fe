using Access.Sync.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Graph;

namespace Access.Sync.Graph;

public sealed class GroupMemberSync(GraphServiceClient graph, AccessContext db, ILogger<GroupMemberSync> logger)
{
    public async Task RunAsync(string groupId, CancellationToken ct)
    {
        var page = await graph.Groups[groupId].Members.GraphUser.GetAsync(request =>
        {
            request.QueryParameters.Select = ["id", "userPrincipalName"];
            request.QueryParameters.Top = 100;
        }, ct);
        var members = page?.Value ?? throw new InvalidOperationException($"no members for {groupId}");

        var remote = members
            .Where(u => u.Id is not null)
            .ToDictionary(u => u.Id!, u => u.UserPrincipalName ?? "");
        var local = await db.Grants.Where(g => g.GroupId == groupId).ToListAsync(ct);

        var removed = local.Where(g => !remote.ContainsKey(g.UserId)).ToList();
        db.Grants.RemoveRange(removed);

        var known = local.Select(g => g.UserId).ToHashSet(StringComparer.Ordinal);
        var added = remote.Where(m => !known.Contains(m.Key)).ToList();
        db.Grants.AddRange(added.Select(m => new Grant(groupId, m.Key, m.Value)));

        await db.SaveChangesAsync(ct);
        logger.LogInformation(
            "Group {GroupId}: {Added} added, {Removed} removed", groupId, added.Count, removed.Count);
    }
}
