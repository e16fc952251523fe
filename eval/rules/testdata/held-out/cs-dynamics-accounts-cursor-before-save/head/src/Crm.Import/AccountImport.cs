using System.Globalization;
using Crm.Import.Data;
using Crm.Import.Dynamics;

namespace Crm.Import;

public sealed class AccountImport(
    DynamicsClient dynamics,
    AccountWriter writer,
    ICursorStore cursors,
    ILogger<AccountImport> logger)
{
    private const string CursorName = "dynamics-accounts";

    /// <summary>Runs each five minutes. Reads the changes since the stored delta link.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var link = await cursors.GetAsync(CursorName, ct);
        var total = 0;
        string? next = link;
        do
        {
            var page = await dynamics.GetAccountChangesAsync(next, ct);
            if (page.DeltaLink is not null)
            {
                await cursors.SetAsync(CursorName, page.DeltaLink, ct);
            }

            await writer.UpsertAsync(page.Changed, ct);
            await writer.DeactivateAsync(page.RemovedIds, ct);
            total += page.Changed.Count + page.RemovedIds.Count;
            next = page.NextLink;
        }
        while (next is not null);

        logger.LogInformation("{Total} account changes imported", total.ToString(CultureInfo.InvariantCulture));
    }
}
