using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Extensions.Caching.Memory;

namespace Routing.Weather;

public sealed record RoadWeather(double TemperatureC, double WindKmh, bool Ice);

public sealed class WeatherClient(HttpClient http, IMemoryCache cache, ILogger<WeatherClient> logger)
{
    /// <summary>Null if the service has no answer; the planner then takes the season's values.</summary>
    public async Task<RoadWeather?> AtAsync(double latitude, double longitude, CancellationToken ct)
    {
        var point = string.Create(CultureInfo.InvariantCulture, $"{latitude:F2},{longitude:F2}");
        if (cache.TryGetValue(("weather", point), out RoadWeather? known))
        {
            return known;
        }
        try
        {
            var weather = await http.GetFromJsonAsync<RoadWeather>($"v1/road?at={point}", ct);
            return cache.Set(("weather", point), weather, TimeSpan.FromMinutes(10));
        }
        catch (Exception ex) when (ex is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            logger.LogWarning(ex, "No road weather for {Point}", point);
            return null;
        }
    }
}
