using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Shipments;

public sealed record ShipmentRow(long Id, string TrackingNumber, string Status, DateTime ShippedAt);

public sealed class ShipmentQueries(PortalContext db)
{
    private const int PageSize = 100;

    /// <summary>Full-text search; the tracking index of Postgres is not available in LINQ.</summary>
    public async Task<IReadOnlyList<ShipmentRow>> SearchAsync(int partnerId, string term, long afterId, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(term) || term.Length > 80)
        {
            return [];
        }

        return await db.Shipments
            .FromSql(
                $"""
                SELECT * FROM shipments
                WHERE partner_id = {partnerId}
                  AND id > {afterId}
                  AND search_vector @@ plainto_tsquery('simple', {term})
                """)
            .AsNoTracking()
            .OrderBy(s => s.Id)
            .Take(PageSize)
            .Select(s => new ShipmentRow(s.Id, s.TrackingNumber, s.Status, s.ShippedAt))
            .ToListAsync(ct);
    }
}

public static class ShipmentEndpoints
{
    public static void MapShipments(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/shipments", (string q, long? after, HttpContext context, ShipmentQueries queries, CancellationToken ct) =>
                queries.SearchAsync(context.User.PartnerId(), q, after ?? 0, ct))
            .RequireAuthorization("partner");
}
