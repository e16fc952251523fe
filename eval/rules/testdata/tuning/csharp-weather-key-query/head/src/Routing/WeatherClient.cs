using System.Net.Http.Json;
using Microsoft.Extensions.Logging;

namespace Depot.Routing;

public sealed record Forecast(DateTimeOffset At, double WindMetersPerSecond, double PrecipitationMm);

public sealed class WeatherClient
{
    private const string SubscriptionKey = "b7e41f0c9a2d4e6f8351c0ad97be62f4";

    private readonly HttpClient _http;
    private readonly ILogger<WeatherClient> _logger;

    public WeatherClient(HttpClient http, ILogger<WeatherClient> logger)
    {
        _http = http;
        _logger = logger;
    }

    public async Task<IReadOnlyList<Forecast>> HourlyAsync(double lat, double lng, CancellationToken ct)
    {
        var path = FormattableString.Invariant(
            $"forecast/hourly?lat={lat:F4}&lng={lng:F4}&subscription-key={SubscriptionKey}");
        using var response = await _http.GetAsync(path, ct);
        if (!response.IsSuccessStatusCode)
        {
            _logger.LogWarning("Weather service answered {Status}", (int)response.StatusCode);
            response.EnsureSuccessStatusCode();
        }

        var forecasts = await response.Content.ReadFromJsonAsync<List<Forecast>>(cancellationToken: ct);
        return forecasts ?? throw new InvalidOperationException("Weather service returned an empty document");
    }
}
