using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Freight.Quotes;

public sealed class FreightQuoteClient : IFreightQuoteClient
{
    private readonly HttpClient _http;

    public FreightQuoteClient(CarrierSettings settings)
    {
        _http = new HttpClient
        {
            BaseAddress = settings.BaseAddress,
            Timeout = TimeSpan.FromSeconds(20),
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.ApiToken);
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    public async Task<FreightQuote> QuoteAsync(Shipment shipment)
    {
        using var response = await _http.PostAsJsonAsync("v3/quotes", QuoteRequest.From(shipment));
        if (!response.IsSuccessStatusCode)
        {
            throw new CarrierException($"quote for {shipment.Reference} refused: {(int)response.StatusCode}");
        }

        var quote = await response.Content.ReadFromJsonAsync<FreightQuote>();
        if (quote is null || quote.Total <= 0)
        {
            throw new CarrierException($"quote for {shipment.Reference} has no price");
        }
        return quote;
    }
}
