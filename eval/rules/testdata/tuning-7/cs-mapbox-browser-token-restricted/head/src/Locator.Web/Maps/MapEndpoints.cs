using Microsoft.Extensions.Options;

namespace Locator.Web.Maps;

public sealed record MapSettings(string AccessToken, string Style, double[] Center, int Zoom);

public static class MapEndpoints
{
    // Public token of Mapbox: scope styles:read, restricted to the addresses of our sites.
    private const string PublicToken = "pk.eyJ1IjoiZmlsaWFsZmluZGVyIiwiYSI6ImNsdzl4M2swcTBhMm0yanF6N2g1ciJ9.Zr3kTn8vQ1mXw5LbYc2HdA";
    private const string Style = "mapbox://styles/filialfinder/stores-light";

    public static void MapStoreMap(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/map/settings", () =>
            TypedResults.Ok(new MapSettings(PublicToken, Style, [10.45, 51.16], 6)));

        routes.MapGet("/api/map/stores", async (
            IOptions<MapOptions> options, StoreIndex stores, HttpContext context, CancellationToken ct) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=300";
            var nearby = await stores.AllAsync(options.Value.Country, ct);
            return TypedResults.Ok(nearby.Select(s => new { s.Id, s.Name, s.Latitude, s.Longitude }));
        });
    }
}
