using Directory.Domain;
using Microsoft.Extensions.Logging;
using Microsoft.Graph;
using Microsoft.Graph.Models;

namespace Directory.Sync;

public sealed class GraphUserSync(GraphServiceClient graph, IAccountStore accounts, ILogger<GraphUserSync> logger)
{
    private static readonly string[] Fields = ["id", "displayName", "mail", "department", "accountEnabled"];

    public async Task RunAsync(Guid tenantId, CancellationToken ct)
    {
        var page = await graph.Users.GetAsync(
            request =>
            {
                request.QueryParameters.Select = Fields;
                request.QueryParameters.Top = 999;
            },
            ct);

        var users = page?.Value ?? [];
        foreach (var user in users.Where(u => u.Mail is not null))
        {
            await accounts.UpsertAsync(tenantId, ToAccount(user), ct);
        }

        var seen = users.Select(u => u.Id!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var account in await accounts.ActiveAsync(tenantId, ct))
        {
            if (!seen.Contains(account.ExternalId))
            {
                await accounts.DisableAsync(account.Id, ct);
                logger.LogInformation("Account {Account} disabled, gone in directory", account.Id);
            }
        }

        logger.LogInformation("{Count} users synchronised for tenant {Tenant}", users.Count, tenantId);
    }

    private static Account ToAccount(User user) =>
        new(user.Id!, user.DisplayName ?? user.Mail!, user.Mail!, user.Department, user.AccountEnabled ?? false);
}
