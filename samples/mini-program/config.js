// The address of your town, without a slash at the end; and whom to call when it cannot be reached.
module.exports = { home: 'https://linli.example', phone: '12345' }
