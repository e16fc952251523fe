using Microsoft.Extensions.Http.Resilience;
using Pricing.Api.Rates;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddOptions<RatesOptions>().BindConfiguration("Rates").ValidateDataAnnotations().ValidateOnStart();
builder.Services
    .AddHttpClient<RatesClient>(client => client.BaseAddress = new Uri("https://openexchangerates.org/api/"))
    .AddStandardResilienceHandler(options =>
    {
        options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(3);
        options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(12);
        options.Retry.DisableForUnsafeHttpMethods();
    });
builder.Services.AddHostedService<RatesRefresher>();

var app = builder.Build();
app.MapRates();
app.Run();
