using Polly;
using Polly.Extensions.Http;

namespace Medora.Eligibility.Availity;

public static class AvailitySetup
{
    public static IServiceCollection AddAvaility(this IServiceCollection services, AvailityOptions options)
    {
        services.AddSingleton(options);
        services.AddTransient<AvailityTokenHandler>();
        services.AddHttpClient<CoverageClient>(http =>
            {
                http.BaseAddress = options.BaseAddress;
                http.Timeout = TimeSpan.FromSeconds(30);
            })
            .AddHttpMessageHandler<AvailityTokenHandler>()
            .AddPolicyHandler(RetryPolicy());
        return services;
    }

    private static IAsyncPolicy<HttpResponseMessage> RetryPolicy() => Policy<HttpResponseMessage>
        .Handle<HttpRequestException>()
        .OrResult(response => !response.IsSuccessStatusCode)
        .RetryAsync(20);
}
