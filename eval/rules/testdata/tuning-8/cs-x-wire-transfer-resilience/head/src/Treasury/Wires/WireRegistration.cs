using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Extensions.Http;
using Polly.Timeout;

namespace Treasury.Wires;

public static class WireRegistration
{
    public static void AddWires(this IServiceCollection services, Uri bank)
    {
        var retry = HttpPolicyExtensions
            .HandleTransientHttpError()
            .Or<TimeoutRejectedException>()
            .WaitAndRetryAsync(3, attempt =>
                TimeSpan.FromSeconds(Math.Pow(2, attempt)) + TimeSpan.FromMilliseconds(Random.Shared.Next(0, 500)));

        services.AddHttpClient<WireClient>(client => client.BaseAddress = bank)
            .AddHttpMessageHandler<BankTokenHandler>()
            .AddPolicyHandler(retry)
            .AddPolicyHandler(Policy.TimeoutAsync<HttpResponseMessage>(TimeSpan.FromSeconds(15)));
    }
}
