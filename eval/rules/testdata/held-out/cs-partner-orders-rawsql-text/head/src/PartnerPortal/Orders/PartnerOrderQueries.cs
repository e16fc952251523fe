using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Orders;

public sealed record PartnerOrder(long Id, string Number, string Status, DateTime CreatedAt);

public sealed class PartnerOrderQueries(PortalContext db, ILogger<PartnerOrderQueries> logger)
{
    private const int MaxRows = 200;

    /// <summary>Orders of the partner whose number or customer name contains the term.</summary>
    public async Task<IReadOnlyList<PartnerOrder>> SearchAsync(int partnerId, string term, CancellationToken ct)
    {
        term = term.Trim();
        if (term.Length is < 2 or > 60)
        {
            return [];
        }

        var rows = await db.Orders
            .FromSqlRaw(
                "SELECT * FROM orders WHERE partner_id = " + partnerId +
                " AND (number LIKE '%" + term + "%' OR customer_name LIKE '%" + term + "%')")
            .AsNoTracking()
            .OrderByDescending(o => o.CreatedAt)
            .Take(MaxRows)
            .Select(o => new PartnerOrder(o.Id, o.Number, o.Status, o.CreatedAt))
            .ToListAsync(ct);

        logger.LogDebug("Partner {PartnerId}: {Count} orders found", partnerId, rows.Count);
        return rows;
    }
}

public static class PartnerOrderEndpoints
{
    public static void MapPartnerOrders(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/orders", (string q, HttpContext context, PartnerOrderQueries queries, CancellationToken ct) =>
                queries.SearchAsync(context.User.PartnerId(), q, ct))
            .RequireAuthorization("partner");
}
