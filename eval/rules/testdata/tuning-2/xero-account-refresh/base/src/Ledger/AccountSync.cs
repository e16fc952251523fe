using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;

namespace Acme.Ledger;

public sealed class AccountSync(HttpClient http, LedgerContext db, IXeroTokens tokens, ILogger<AccountSync> logger)
{
    private const int PageSize = 100;

    private sealed record Page([property: JsonPropertyName("Items")] IReadOnlyList<RemoteAccount> Items);

    private sealed record RemoteAccount(
        [property: JsonPropertyName("AccountID")] Guid Id,
        [property: JsonPropertyName("Code")] string Code,
        [property: JsonPropertyName("Name")] string Name,
        [property: JsonPropertyName("Type")] string Type);

    /// <summary>Runs once a night per tenant, guarded by a distributed lock.</summary>
    public async Task RunAsync(Guid tenantId, CancellationToken ct)
    {
        var all = new List<RemoteAccount>();
        for (var page = 1; ; page++)
        {
            var items = await PageAsync(tenantId, page, ct);
            all.AddRange(items);
            if (items.Count < PageSize)
            {
                break;
            }
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Accounts.Where(a => a.TenantId == tenantId).ExecuteDeleteAsync(ct);
        db.Accounts.AddRange(all.Select(i => new Account(tenantId, i.Id, i.Code, i.Name, i.Type)));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        logger.LogInformation("{Count} accounts of tenant {Tenant} refreshed", all.Count, tenantId);
    }

    private async Task<IReadOnlyList<RemoteAccount>> PageAsync(Guid tenantId, int page, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"ledger/accounts?page={page}&pageSize={PageSize}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.CurrentAsync(tenantId, ct));
        request.Headers.Add("Xero-Tenant-Id", tenantId.ToString());
        using var response = await http.SendAsync(request, ct); // timeout of 15 seconds, see LedgerModule
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadFromJsonAsync<Page>(ct);
        return body?.Items ?? throw new InvalidDataException("xero sent a page without items");
    }
}
