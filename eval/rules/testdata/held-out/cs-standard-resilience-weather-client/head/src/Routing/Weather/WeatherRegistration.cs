using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;

namespace Routing.Weather;

public static class WeatherRegistration
{
    public static IServiceCollection AddWeather(this IServiceCollection services)
    {
        services.AddOptions<WeatherOptions>().BindConfiguration("Weather").ValidateDataAnnotations().ValidateOnStart();
        services.AddMemoryCache();
        services.AddHttpClient<WeatherClient>((sp, http) =>
            {
                var options = sp.GetRequiredService<IOptions<WeatherOptions>>().Value;
                http.BaseAddress = options.BaseAddress;
                http.DefaultRequestHeaders.Add("X-Api-Key", options.ApiKey);
            })
            .AddStandardResilienceHandler();
        return services;
    }
}
