using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Extensions.Http;

namespace Desk.Exchange;

public static class BinanceRegistration
{
    public static IServiceCollection AddBinanceMarketData(this IServiceCollection services)
    {
        services
            .AddHttpClient<BinanceMarketData>(client =>
            {
                client.BaseAddress = new Uri("https://api.binance.com");
                client.Timeout = TimeSpan.FromSeconds(30);
            })
            .AddPolicyHandler(HttpPolicyExtensions
                .HandleTransientHttpError()
                .OrResult(r => r.StatusCode is HttpStatusCode.TooManyRequests or (HttpStatusCode)418)
                .RetryAsync(100));
        return services;
    }
}
