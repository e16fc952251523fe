using System.Net.Http.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Depot.Routing;

public sealed record Forecast(DateTimeOffset At, double WindMetersPerSecond, double PrecipitationMm);

public sealed class WeatherClient
{
    private readonly HttpClient _http;
    private readonly ILogger<WeatherClient> _logger;

    public WeatherClient(HttpClient http, IOptions<WeatherOptions> options, ILogger<WeatherClient> logger)
    {
        _http = http;
        _http.DefaultRequestHeaders.Add("Ocp-Apim-Subscription-Key", options.Value.SubscriptionKey);
        _logger = logger;
    }

    public async Task<IReadOnlyList<Forecast>> HourlyAsync(double lat, double lng, CancellationToken ct)
    {
        var path = FormattableString.Invariant(
            $"forecast/hourly?lat={lat:F4}&lng={lng:F4}");
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
