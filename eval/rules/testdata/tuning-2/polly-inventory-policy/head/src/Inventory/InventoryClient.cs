using System.Net.Http.Json;

namespace Acme.Inventory;

public sealed record StockLevel(string Sku, int Available);

public sealed class InventoryClient(HttpClient http)
{
    public async Task<StockLevel> LevelAsync(string sku, CancellationToken ct)
    {
        using var response = await http.GetAsync($"v1/stock/{Uri.EscapeDataString(sku)}", ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<StockLevel>(ct)
            ?? throw new InvalidDataException("inventory sent an empty answer");
    }
}
